package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What people type, with their own kubectl. */
@Tag("cluster")
@Isolated("deletes the CRDs that all tests of this cluster use")
class KubectlIT {
  @Test
  void crdsAndSamplesAreAppliedTwiceAndDeleted() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl"))),
        "there is no kubectl");
    try (Cluster cluster = Cluster.withoutCrds()) {
      kubectl("apply", "-f", "crds/");
      assertThat(kubectl("apply", "-f", "crds/").lines())
          .as("applied again")
          .isNotEmpty()
          .allMatch(line -> line.endsWith(" unchanged"));
      kubectl("wait", "--for=condition=Established", "-f", "crds/");

      assertThat(kubectl("apply", "-k", "samples/gitops/apps/dev"))
          .contains("namespace/shop-dev created")
          .contains("campaign.lettershop.dev/monthly created");
      try {
        assertThat(kubectl("apply", "-k", "samples/gitops/apps/dev").lines())
            .as("applied again")
            .isNotEmpty()
            .allMatch(line -> line.endsWith(" unchanged"));
      } finally {
        kubectl("delete", "-k", "samples/gitops/apps/dev");
      }
      assertThat(kubectl("delete", "-f", "crds/").lines())
          .filteredOn(line -> line.endsWith(" deleted"))
          .hasSameSizeAs(Repository.crds());
    }
  }

  private static String kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(Repository.ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ": " + text).isZero();
    return text;
  }
}
