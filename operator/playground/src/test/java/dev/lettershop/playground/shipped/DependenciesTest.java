package dev.lettershop.playground.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of libraries, with lists of components that are made up. */
class DependenciesTest {
  private static final Path SCRIPT = Path.of("../../.ci/dependencies");
  private static final String WEAKNESS =
      """
      {"id": "GHSA-aaaa", "aliases": ["CVE-2026-1"], "summary": "reads too much",
       "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:parser"},
         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.2"}, {"fixed": "1.10.1"}]}]}]}
      """;

  @TempDir Path folder;

  /**
   * What came of a call.
   *
   * @param text what was said, on both streams
   */
  private record Outcome(int code, String text) {}

  @BeforeEach
  void lists() throws IOException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
        "there is no python3");
    write("licences.txt", "Apache-2.0\nMIT\norg.example:odd = MIT # its sources say so\n");
    write("weaknesses.txt", "# none\n");
    write("osv/none.json", WEAKNESS.replace("org.example:parser", "org.example:other"));
  }

  @Test
  void whatIsAllowedIsReported() throws Exception {
    Outcome outcome =
        check(
            component("parser", "1.0", "{\"license\": {\"id\": \"Apache-2.0\"}}"),
            component(
                "two",
                "1.0",
                "{\"license\": {\"id\": \"GPL-3.0\"}}, {\"license\": {\"name\": \"MIT\"}}"),
            component("odd", "1.0", ""));

    assertThat(outcome.text()).contains("3 components under 2 licences", "0 known weaknesses");
    assertThat(outcome.code()).isZero();
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("## MIT", "- org.example:two 1.0", "- org.example:odd 1.0");
  }

  @Test
  void aLicenceThatIsNotNamedFails() throws Exception {
    Outcome outcome =
        check(
            component("odd", "1.0", ""),
            component("free", "2.0", "{\"license\": {\"id\": \"GPL-3.0\"}}"),
            component("bare", "3.0", ""));

    assertThat(outcome.code()).isOne();
    assertThat(outcome.text())
        .contains("org.example:free 2.0 is under GPL-3.0, which licences.txt does not allow")
        .contains("org.example:bare 3.0 is under no licence");
  }

  @Test
  void aLineForWhatIsNotShippedFails() throws Exception {
    Outcome outcome = check(component("parser", "1.0", "{\"license\": {\"id\": \"MIT\"}}"));

    assertThat(outcome.code()).isOne();
    assertThat(outcome.text()).contains("licences.txt names org.example:odd, which is not shipped");
  }

  @Test
  void aKnownWeaknessFailsInTheVersionsThatHaveIt() throws Exception {
    write("osv/weak.json", WEAKNESS);

    assertThat(parser("1.1").code()).isZero();
    assertThat(parser("1.10.1").code()).isZero();
    for (String weak : List.of("1.2", "1.2.0", "1.9.7", "1.10.0", "1.10.1-rc1")) {
      assertThat(parser(weak).text())
          .contains(
              "org.example:parser " + weak + " has the known weakness GHSA-aaaa: reads too much");
      assertThat(parser(weak).code()).isOne();
    }
  }

  @Test
  void anExcuseCountsUntilItsDayIsOver() throws Exception {
    write("osv/weak.json", WEAKNESS);
    write("weaknesses.txt", "CVE-2026-1 org.example:parser 2026-12-31 # nothing calls it\n");

    assertThat(parser("1.5", "--today", "2026-12-31").code()).isZero();
    Outcome late = parser("1.5", "--today", "2027-01-01");
    assertThat(late.code()).isOne();
    assertThat(late.text()).contains("its excuse has run out");
  }

  @Test
  void whereNobodyCanBeAskedThatIsSaid() throws Exception {
    String nobody = "http://127.0.0.1:9";

    Outcome outcome = parser("1.5", "--osv", nobody);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.text())
        .contains("NOT CHECKED for known weaknesses: " + nobody)
        .doesNotContain("0 known weaknesses");
    assertThat(parser("1.5", "--osv", nobody, "--required").code()).isOne();
  }

  private Outcome parser(String version, String... more) throws Exception {
    return check(
        List.of(more),
        component("odd", "1.0", ""),
        component("parser", version, "{\"license\": {\"id\": \"MIT\"}}"));
  }

  private static String component(String name, String version, String licences) {
    return "{\"group\": \"org.example\", \"name\": \"%s\", \"version\": \"%s\", \"licenses\": [%s]}"
        .formatted(name, version, licences);
  }

  private Outcome check(String... components) throws Exception {
    return check(List.of(), components);
  }

  private Outcome check(List<String> more, String... components) throws Exception {
    write("bom.json", "{\"components\": [" + String.join(",", components) + "]}");
    List<String> command =
        new ArrayList<>(List.of("python3", SCRIPT.toAbsolutePath().normalize().toString()));
    command.add(folder.resolve("bom.json").toString());
    command.addAll(List.of("--licences", folder.resolve("licences.txt").toString()));
    command.addAll(List.of("--weaknesses", folder.resolve("weaknesses.txt").toString()));
    command.addAll(List.of("--report", folder.resolve("report.md").toString()));
    command.addAll(List.of("--osv", folder.resolve("osv").toString()));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
