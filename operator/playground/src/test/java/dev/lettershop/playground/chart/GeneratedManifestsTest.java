package dev.lettershop.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart comes to, as text that people review; {@code deploy/} is one of these. */
@Tag("generated")
class GeneratedManifestsTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "chart");
  private static final Path DEPLOY = Repository.ROOT.resolve("deploy/lettershop.yaml");

  /** In no namespace: the manifests go where they are applied. */
  private static final String NO_NAMESPACE = "NAMESPACE-IS-LEFT-OUT";

  static Stream<Path> environments() throws IOException {
    try (Stream<Path> files = Files.list(Chart.ENVIRONMENTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("environments")
  void environmentsComeToTheGoldenManifests(Path values) throws IOException {
    String text = withoutCrds(Chart.render(Chart.RELEASE, "lettershop", values).text());

    GeneratedFile.check(GOLDEN.resolve(values.getFileName()), text);
  }

  @Test
  void everySwitchOnComesToTheGoldenManifest() throws IOException {
    GeneratedFile.check(
        GOLDEN.resolve("everything.yaml"), withoutCrds(Chart.render(ChartTest.EVERYTHING).text()));
  }

  @Test
  void deployIsTheChartWithItsDefaults() throws IOException {
    Path values = Files.createTempFile("values", ".yaml");
    Files.writeString(values, "crds: {enabled: false}\ntest: {enabled: false}\n");
    String text =
        Chart.render(Chart.RELEASE, NO_NAMESPACE, values)
            .text()
            .replaceAll("(?m)^ *namespace: " + NO_NAMESPACE + "\n", "")
            .replaceAll("(?m)^ *helm.sh/chart: .*\n", "")
            .replace("managed-by: Helm", "managed-by: kustomize");
    Files.delete(values);

    assertThat(text).doesNotContain(NO_NAMESPACE);
    GeneratedFile.check(
        DEPLOY,
        "# Rendered from helm/lettershop; do not edit. README.md says how to serve more.\n" + text);
  }

  private static String withoutCrds(String text) {
    return Pattern.compile("(?ms)^---\n# Source: lettershop/templates/crds.yaml\n.*?(?=^---\n|\\z)")
        .matcher(text)
        .replaceAll("");
  }
}
