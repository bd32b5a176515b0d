package dev.lettershop.controller.campaignrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunSpec;
import dev.lettershop.controller.status.RunStatusView;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunQueueTest {
  private final CampaignRun first = run("b-first", "2026-11-24T09:00:00Z", false, List.of());
  private final CampaignRun second = run("a-second", "2026-11-24T09:00:01Z", false, List.of());

  @Test
  void theOldestGoesFirst() {
    assertThat(RunQueue.waitsFor(second, List.of(first, second))).contains("b-first");
    assertThat(RunQueue.waitsFor(first, List.of(first, second))).isEmpty();
  }

  @Test
  void ofTwoOfTheSameSecondTheNameDecides() {
    CampaignRun twin = run("c-twin", "2026-11-24T09:00:00Z", false, List.of());

    assertThat(RunQueue.waitsFor(twin, List.of(twin, first))).contains("b-first");
    assertThat(RunQueue.waitsFor(first, List.of(twin, first))).isEmpty();
  }

  @Test
  void nobodyWaitsForARunThatHasEnded() {
    first.setStatus(
        RunStatusView.decided(first, ConditionStatus.False, "Failed", "", Instant.EPOCH));

    assertThat(RunQueue.waitsFor(second, List.of(first, second))).isEmpty();
  }

  @Test
  void dryRunsAndTestsNeitherWaitNorAreWaitedFor() {
    CampaignRun dry = run("dry", "2026-11-24T08:00:00Z", true, List.of());
    CampaignRun test = run("test", "2026-11-24T10:00:00Z", false, List.of("ada@example.com"));
    List<CampaignRun> all = List.of(dry, first, test);

    assertThat(RunQueue.waitsFor(first, all)).isEmpty();
    assertThat(RunQueue.waitsFor(test, all)).isEmpty();
    assertThat(RunQueue.waitsFor(dry, all)).isEmpty();
  }

  private static CampaignRun run(
      String name, String created, boolean dry, List<String> testRecipients) {
    CampaignRun run = new CampaignRun();
    run.setMetadata(new ObjectMetaBuilder().withName(name).withCreationTimestamp(created).build());
    run.setSpec(new CampaignRunSpec(new LocalRef("news"), dry, testRecipients, false));
    return run;
  }
}
