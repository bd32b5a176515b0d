package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a finding inside of a field's text is in the file. */
class PlaceTest {
  private static final String HEAD =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: vip}
      spec:
      """;

  private static ResourceSet.Place place(String spec, int line, int column) {
    ResourceSet.Builder resources = ResourceSet.builder();
    resources.add(ResourceParser.parse("vip.yaml", HEAD + spec));
    Diagnostic finding =
        new Diagnostic(
            Severity.Error,
            new ResourceRef("Segment", "vip"),
            "spec.expression",
            new Position(line, column),
            "is wrong",
            null);
    return resources.build().locate(finding).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "'  expression: profile.a == 1', 1, 9, 5:23, true",
    "'  expression: \"profile.a == 1\"', 1, 9, 5:24, true",
    "'  expression: ''profile.a == 1''', 1, 9, 5:24, true",
    // Characters that are escaped, and lines that are folded, are not where they are read.
    "'  expression: \"profile.a == \\\"b\\\"\"', 1, 9, 5:3, false",
  })
  void textInOneLine(String spec, int line, int column, String place, boolean exact) {
    assertThat(place(spec, line, column).at()).hasToString("vip.yaml:" + place);
    assertThat(place(spec, line, column).exact()).isEqualTo(exact);
  }

  @Test
  void textInABlockIsIndented() {
    String block = "  expression: |\n\n      profile.a == 1\n      && profile.b\n";

    assertThat(place(block, 3, 4).at()).hasToString("vip.yaml:8:10");
    assertThat(place(block, 3, 4).exact()).isTrue();
    assertThat(place("  expression: >\n    profile.a\n    && profile.b\n", 1, 11).exact())
        .isFalse();
  }

  @Test
  void whatCannotBeReadHasAPlaceInItsFile() {
    ResourceSet.Builder resources = ResourceSet.builder();
    resources.add(ResourceParser.parse("a.yaml", HEAD + "  expression: [\n"));
    resources.add(ResourceParser.parse("b.yaml", HEAD.replace("Segment", "Segmnt")));
    ResourceSet set = resources.build();

    assertThat(resources.diagnostics())
        .extracting(finding -> set.locate(finding).orElseThrow().at().toString())
        .containsExactly("a.yaml:6:1", "b.yaml:2:1");
  }

  @ParameterizedTest
  @CsvSource({
    "'a: b: c', 'a colon stands where no key can be'",
    "'a:\n\tb: 1', 'a tab stands where indentation is expected'",
    "'a: [1, 2', 'a list in [ ] is not closed'",
    "'a: \"b', 'a quote or bracket is opened and never closed'",
    "'a: *b', 'an alias (*name) is used before its anchor'",
  })
  void theParsersWordsAreNotThoseOfPeople(String yaml, String words) {
    assertThat(ResourceParser.parse("a.yaml", yaml).diagnostics())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message()).startsWith("is not YAML: ").contains(words);
              assertThat(finding.message()).doesNotContain("token", "block end", "<");
            });
  }
}
