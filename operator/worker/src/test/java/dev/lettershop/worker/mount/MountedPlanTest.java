package dev.lettershop.worker.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.job.ExitCode;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.worker.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedPlanTest {
  private static final SegmentPlan SEGMENT =
      new SegmentPlan(
          "shop",
          "local",
          new Plan.Store("default", null, List.of(), List.of()),
          Map.of("local", "profile.locale == \"de\""));

  @TempDir Path folder;

  /** As the kubelet mounts a ConfigMap. */
  private void mount(PlanFiles files) throws IOException {
    Path version = Files.createDirectories(folder.resolve("..2026_03_01_09_00"));
    Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
    for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
      Files.write(version.resolve(file.getKey()), file.getValue());
      Files.createSymbolicLink(folder.resolve(file.getKey()), Path.of("..data", file.getKey()));
    }
  }

  @Test
  void aMountedPlanIsThePlanThatWentIn() throws IOException {
    mount(PlanFiles.of(SEGMENT));

    assertThat(MountedPlan.read(folder).segment()).isEqualTo(SEGMENT);
  }

  @Test
  void aPlanForSomethingElseIsRefusedAndNeverTriedAgain() throws IOException {
    mount(PlanFiles.of(SEGMENT));

    assertThatThrownBy(() -> MountedPlan.read(folder).campaign())
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageContaining("campaign.json.gz")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> MountedPlan.read(folder.resolve("none")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(folder.resolve("none").toString());
  }
}
