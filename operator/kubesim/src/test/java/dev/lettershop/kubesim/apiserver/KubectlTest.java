package dev.lettershop.kubesim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is a kubectl, it is of use against the server in memory. */
class KubectlTest {
  private static final String SEGMENT =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: everyone}
      spec: {expression: "true"}
      """;

  @TempDir Path folder;

  private InMemoryApiServer server;

  @BeforeEach
  void start() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl"))),
        "there is no kubectl");
    server =
        InMemoryApiServer.start(
            0, Clock.fixed(Instant.parse("2027-03-01T09:00:00Z"), ZoneOffset.UTC));
    server.kubeconfig(folder.resolve("config"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void itAppliesShowsExplainsAndDeletes() throws Exception {
    Path file = Files.writeString(folder.resolve("segment.yaml"), SEGMENT);

    assertThat(kubectl("apply", "-f", "" + file))
        .isEqualTo("segment.lettershop.dev/everyone created\n");
    assertThat(kubectl("apply", "-f", "" + file))
        .isEqualTo("segment.lettershop.dev/everyone unchanged\n");
    assertThat(kubectl("get", "seg").replaceAll(" +", " "))
        .isEqualTo("NAME READY SIZE REFRESHED OUTCOME AGE\neveryone 0s\n");
    assertThat(kubectl("get", "lettershop", "-o", "name"))
        .isEqualTo("segment.lettershop.dev/everyone\n");
    assertThat(kubectl("describe", "segment", "everyone")).contains("Expression:  true");
    assertThat(kubectl("explain", "segment.spec.expression")).contains("FIELD: expression");
    assertThat(kubectl("delete", "-f", "" + file))
        .isEqualTo("segment.lettershop.dev \"everyone\" deleted\n");
  }

  @Test
  void itReportsWhatIsWrong() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("segment.yaml"), SEGMENT.replace("expression", "expresion"));

    assertThat(kubectl("apply", "-f", "" + file))
        .contains("strict decoding error: unknown field \"spec.expresion\"");
    assertThat(kubectl("apply", "--server-side", "-f", "" + file))
        .contains("this API server has no server-side apply");
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", "" + folder.resolve("config"));
    builder.environment().put("HOME", "" + folder);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
