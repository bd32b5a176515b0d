package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.ResourceRef;
import org.junit.jupiter.api.Test;

class ResourceParserTest {
  private static final String SEGMENT =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: vip}
      spec:
        expression: profile.lifetime_value > 5000.0
      """;

  @Test
  void aSyntaxErrorIsReportedWithItsPlace() {
    ParsedManifests parsed =
        ResourceParser.parse("seg.yaml", "kind: Segment\nspec: {expression: \"a\n");

    assertThat(parsed.manifests()).isEmpty();
    assertThat(parsed.diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.resource()).isEqualTo(new ResourceRef("File", "seg.yaml"));
              assertThat(d.message()).startsWith("is not YAML: ");
              assertThat(d.position().line()).isEqualTo(3);
            });
  }

  @Test
  void aKeyThatOccursTwiceIsAnError() {
    ParsedManifests parsed = ResourceParser.parse("seg.yaml", SEGMENT + "  expression: x\n");

    assertThat(parsed.diagnostics())
        .anySatisfy(
            d -> {
              assertThat(d.message()).contains("expression").contains("twice");
              assertThat(d.position()).isEqualTo(new Position(6, 3));
            });
  }

  @Test
  void aliasesThatExplodeAreRefusedSoon() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [");
      bomb.append((alias + ", ").repeat(9)).append(alias).append("]\n");
    }

    ParsedManifests parsed = ResourceParser.parse("bomb.yaml", bomb.toString());

    assertThat(parsed.manifests()).isEmpty();
    assertThat(parsed.diagnostics()).isNotEmpty().allMatch(Diagnostic::isError);
  }

  @Test
  void anAliasOfItselfIsRefused() {
    ParsedManifests parsed = ResourceParser.parse("loop.yaml", "a: &a\n  b: *a\n");

    assertThat(parsed.diagnostics()).isNotEmpty().allMatch(Diagnostic::isError);
  }

  @Test
  void anUnknownKindGetsASuggestion() {
    ParsedManifests parsed =
        ResourceParser.parse("seg.yaml", SEGMENT.replace("kind: Segment", "kind: Segmnet"));

    assertThat(parsed.manifests()).isEmpty();
    assertThat(parsed.diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.field()).isEqualTo("kind");
              assertThat(d.message()).isEqualTo("unknown kind \"Segmnet\"");
              assertThat(d.fix()).isEqualTo("did you mean \"Segment\"?");
            });
  }

  @Test
  void anotherVersionIsAnErrorThatNamesTheRightOne() {
    ParsedManifests parsed = ResourceParser.parse("seg.yaml", SEGMENT.replace("v1alpha1", "v1"));

    assertThat(parsed.diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.field()).isEqualTo("apiVersion");
              assertThat(d.message()).contains("lettershop.dev/v1");
              assertThat(d.fix()).isEqualTo("use lettershop.dev/v1alpha1");
            });
  }

  @Test
  void aDocumentWithoutVersionOrKindIsAnError() {
    assertThat(ResourceParser.parse("a.yaml", "kind: Segment\n").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("no apiVersion"));
    assertThat(
            ResourceParser.parse("a.yaml", "apiVersion: lettershop.dev/v1alpha1\n").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("no kind"));
    assertThat(ResourceParser.parse("a.yaml", "just text\n").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("not an object"));
  }

  @Test
  void aResourceWithoutANameIsAnError() {
    ParsedManifests parsed = ResourceParser.parse("seg.yaml", SEGMENT.replace("{name: vip}", "{}"));

    assertThat(parsed.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.field()).isEqualTo("metadata.name"));
  }

  @Test
  void allThatTheSchemaRefusesIsReportedAtOnceAndWithItsPlace() {
    String yaml =
        SEGMENT
            + """
              refersh: {cron: hourly}
            ---
            apiVersion: lettershop.dev/v1alpha1
            kind: MailTransport
            metadata: {name: default}
            spec: {smtp: {port: 0}}
            """;

    ParsedManifests parsed = ResourceParser.parse("all.yaml", yaml);
    ResourceSet set = ResourceSet.builder().add(parsed).build();

    assertThat(parsed.diagnostics())
        .extracting(d -> d.resource() + " " + d.field())
        .containsExactlyInAnyOrder(
            "Segment/vip spec.refersh",
            "MailTransport/default spec.smtp.host",
            "MailTransport/default spec.smtp.port");
    assertThat(set.segments()).isEmpty();
    assertThat(set.isMalformed(new ResourceRef("Segment", "vip"))).isTrue();
    assertThat(set.locate(new ResourceRef("Segment", "vip"), "spec.refersh"))
        .contains(new SourceLocation("all.yaml", 6, 3));
  }

  @Test
  void documentsOfOthersAreOfNoConcern() {
    ParsedManifests parsed =
        ResourceParser.parse("x.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec: {a: 1}\n");

    assertThat(parsed.manifests()).isEmpty();
    assertThat(parsed.diagnostics()).isEmpty();
  }

  @Test
  void datesStayTheTextThatTheyAre() {
    ParsedManifests parsed =
        ResourceParser.parse(
            "x.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {day: 2026-11-01}\n");

    assertThat(parsed.manifests().get(0).json().at("/data/day").textValue())
        .isEqualTo("2026-11-01");
  }
}
