package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in folders of manifests by mistake, or by somebody who means ill. */
class ResourceParserFaultsTest {
  private static final String CAMPAIGN =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: sale}
      spec:
        from: {address: news@shop.example}
        topic: newsletter
        audience: {include: [vip]}
        parallelism: 1
      """;

  @ParameterizedTest
  @ValueSource(strings = {".nan", ".inf", "-.inf", "!!int abc", "!!float abc"})
  void aNumberThatIsNoneIsAnErrorWithItsPlace(String number) {
    // given
    String yaml = CAMPAIGN.replace("parallelism: 1", "parallelism: " + number);

    // when
    List<Diagnostic> diagnostics = ResourceParser.parse("sale.yaml", yaml).diagnostics();

    // then
    assertThat(diagnostics)
        .anySatisfy(
            d -> {
              assertThat(d.message()).startsWith("is not ");
              assertThat(d.position()).isEqualTo(new Position(8, 16));
            });
  }

  @Test
  void aBoundIsWrittenAsAWholeNumber() {
    String yaml = CAMPAIGN.replace("parallelism: 1", "parallelism: 1000");

    assertThat(ResourceParser.parse("sale.yaml", yaml).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).isEqualTo("must be at most 256"));
  }

  @Test
  void aTextOfManyMegabytesIsRefusedBeforeItIsRead() {
    String yaml = CAMPAIGN + "replyTo: '" + "a".repeat(20_000_000) + "'\n";

    ParsedManifests parsed =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> ResourceParser.parse("long.yaml", yaml));

    assertThat(parsed.manifests()).isEmpty();
    assertThat(parsed.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).isEqualTo("is longer than 4 MiB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"letershop.dev/v1alpha1", "lettershop.io/v1alpha1", "v1alpha1", "v1"})
  void aGroupThatIsNearlyOursIsAnError(String apiVersion) {
    String yaml = CAMPAIGN.replace("lettershop.dev/v1alpha1", apiVersion);

    assertThat(ResourceParser.parse("sale.yaml", yaml).diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.message()).isEqualTo("no kind Campaign in " + apiVersion);
              assertThat(d.fix()).isEqualTo("use lettershop.dev/v1alpha1");
            });
  }

  @Test
  void aCampaignOfAnotherGroupIsNotOurs() {
    String yaml = CAMPAIGN.replace("lettershop.dev/v1alpha1", "chaos.example/v1");

    ParsedManifests parsed = ResourceParser.parse("sale.yaml", yaml);

    assertThat(parsed.manifests()).isEmpty();
    assertThat(parsed.diagnostics()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resources: [campaign.yaml]\n",
        "kind: Kustomization\nresources: [campaign.yaml]\n",
        "image: {tag: latest}\nreplicas: 1\n",
        "# nothing but a comment\n---\n---\n"
      })
  void whatIsNoResourceAtAllIsPassedOver(String yaml) {
    assertThat(ResourceParser.parse("kustomization.yaml", yaml).diagnostics()).isEmpty();
  }

  @Test
  void aResourceWithoutVersionAndKindIsAnError() {
    String yaml = "metadata: {name: vip}\nspec: {expression: 'true'}\n";

    assertThat(ResourceParser.parse("seg.yaml", yaml).diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).isEqualTo("a document has no apiVersion"));
  }

  @Test
  void itemsOfALongListHaveTheirOwnPlaces() {
    // given
    StringBuilder yaml = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
    for (int i = 0; i < 5000; i++) {
      yaml.append("- apiVersion: v1\n  kind: Secret\n  metadata: {name: s%d}\n".formatted(i));
    }

    // when
    ParsedManifests parsed =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> ResourceParser.parse("list.yaml", yaml.toString()));

    // then
    assertThat(parsed.diagnostics()).isEmpty();
    assertThat(parsed.manifests()).hasSize(5000);
    assertThat(parsed.manifests().get(4999).places())
        .containsEntry("", new SourceLocation("list.yaml", 15001, 3))
        .containsEntry("metadata.name", new SourceLocation("list.yaml", 15003, 14));
  }
}
