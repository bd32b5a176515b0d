package dev.lettershop.playground.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.playground.packaged.SharedClasses;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe for CI, with the packaged command line and a plain shell. */
class CheckScriptIT {
  private static final Path SCRIPT = Repository.ROOT.resolve("samples/gitops/ci/check");
  private static final Path SHOP = Repository.ROOT.resolve("samples/gitops/apps/base");

  @TempDir Path folder;

  @Test
  void whatIsWellPassesAndLeavesAReport() throws Exception {
    Path out = folder.resolve("report");

    assertThat(check(SHOP, out, SHOP)).isZero();
    assertThat(out.resolve("report.html"))
        .content()
        .contains("all is well", "nothing to report", "unchanged  campaign/monthly");
  }

  @Test
  void findingsFailAndAreInTheReport() throws Exception {
    Path changed = Files.createDirectory(folder.resolve("changed"));
    Files.copy(SHOP.resolve("campaign.yaml"), changed.resolve("campaign.yaml"));
    Files.writeString(
        changed.resolve("shop.yaml"),
        Files.readString(SHOP.resolve("shop.yaml")).replace("profile.orders", "profile.<ordres"));
    Path out = folder.resolve("report");

    assertThat(check(changed, out, SHOP)).isEqualTo(1);
    assertThat(out.resolve("report.html"))
        .content()
        .contains("there are findings", "broken</b> <b>campaign/monthly")
        .doesNotContain("profile.<ordres");
  }

  @Test
  void itSaysHowItIsCalled() throws Exception {
    assertThat(check(folder.resolve("nowhere"), folder.resolve("report"), SHOP)).isEqualTo(2);
  }

  private int check(Path manifests, Path out, Path base) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder("sh", SCRIPT.toString(), manifests.toString(), out.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    builder
        .environment()
        .put(
            "LETTERSHOP",
            java
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
                + String.join(" ", SharedClasses.options())
                + " -jar "
                + Repository.LETTERSHOP);
    builder.environment().put("BASE", base.toString());
    Process process = builder.start();
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
