package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunSpec;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RunStatusViewTest {
  private static final Instant NOW = Instant.parse("2026-11-01T09:00:00Z");

  /** What is observed, as it stands in a file. */
  record Observation(
      String now, CampaignRun run, Job job, List<Pod> pods, Obstacle obstacle, String waitsFor) {}

  @TestFactory
  Stream<DynamicTest> status_of_a_run() throws IOException {
    return new GoldenFolder("run")
        .tests(
            Observation.class,
            seen ->
                RunStatusView.compute(
                    new ObservedRun(
                        seen.run(), seen.job(), seen.pods(), seen.obstacle(), seen.waitsFor()),
                    Instant.parse(seen.now())));
  }

  @Test
  void a_decision_against_a_run_is_its_end() {
    CampaignRun run = run();

    run.setStatus(
        RunStatusView.decided(run, ConditionStatus.False, "Skipped", "Came too late", NOW));

    assertThat(RunStatusView.ended(run.getStatus())).isTrue();
    assertThat(run.getStatus().completionTime()).isEqualTo("2026-11-01T09:00:00Z");
    assertThat(RunStatusView.compute(new ObservedRun(run, null, null, null, "other"), NOW))
        .isEqualTo(run.getStatus());
    assertThat(RunStatusView.decided(run, ConditionStatus.True, "Succeeded", "", NOW))
        .isEqualTo(run.getStatus());
  }

  @Test
  void a_run_that_cannot_begin_yet_has_not_ended() {
    CampaignRunStatus status =
        RunStatusView.decided(
            run(),
            ConditionStatus.Unknown,
            "CampaignNotFound",
            "Campaign/news does not exist",
            NOW);

    assertThat(RunStatusView.ended(status)).isFalse();
    assertThat(status.completionTime()).isNull();
  }

  @Test
  void a_run_without_a_status_has_not_ended() {
    assertThat(RunStatusView.ended(null)).isFalse();
  }

  private static CampaignRun run() {
    CampaignRun run = new CampaignRun();
    run.setMetadata(new ObjectMetaBuilder().withName("r").withGeneration(1L).build());
    run.setSpec(new CampaignRunSpec(new LocalRef("news"), null, null, null));
    return run;
  }
}
