package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuppressionsHeldTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String EARLIER = "2026-11-30T10:00:00Z";
  private static final String LATER = "2026-11-30T11:00:00Z";

  private static CampaignRunStatus run(ShardStatus... shards) {
    Map<String, ShardStatus> numbered = new java.util.TreeMap<>();
    for (ShardStatus shard : shards) {
      numbered.put(String.valueOf(numbered.size()), shard);
    }
    return new CampaignRunStatus(null, null, null, null, null, null, null, null, numbered);
  }

  private static ShardStatus shard(Long selected, String time, Long held) {
    return new ShardStatus(
        ShardActivity.Finished, selected, null, null, null, null, null, null, time, null, held);
  }

  private static List<String> conditions(
      String readAt, Long readHeld, SuppressionsHeld ofRuns, boolean isRead) {
    MailTransport transport = new MailTransport();
    if (readAt != null) {
      transport.setStatus(
          new MailTransportStatus(
              1L,
              List.of(),
              readAt,
              new BounceCounts(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, readHeld)));
    }
    return BouncesStatusView.compute(
            transport,
            Conditions.of(List.of(), 1L, NOW),
            List.of(),
            List.of(),
            null,
            isRead,
            ofRuns)
        .conditions()
        .stream()
        .filter(condition -> condition.type().equals(Conditions.SUPPRESSIONS_HELD))
        .map(Condition::message)
        .map(message -> message.substring(0, message.indexOf(' ')))
        .toList();
  }

  @Test
  void theNewestReportOfAllRunsCounts() {
    CampaignRunStatus before = run(shard(100L, EARLIER, 40L), shard(100L, LATER, 1200L));
    CampaignRunStatus starting = run(shard(null, "2026-11-30T11:30:00Z", null));

    assertThat(SuppressionsHeld.ofRuns(List.of(starting))).isEmpty();
    assertThat(SuppressionsHeld.ofRuns(List.of(before, starting)))
        .contains(new SuppressionsHeld(1200, LATER));
    assertThat(
            SuppressionsHeld.ofRuns(List.of(run(shard(5L, "2026-11-30T11:40:00Z", null)), before)))
        .contains(new SuppressionsHeld(0, "2026-11-30T11:40:00Z"));
  }

  @Test
  void aTransportWhoseBouncesNobodyReadsSaysWhatItsRunsHaveFound() {
    assertThat(conditions(null, null, null, false)).isEmpty();
    assertThat(conditions(null, null, new SuppressionsHeld(1200, LATER), false))
        .containsExactly("1,200");
    assertThat(conditions(null, null, new SuppressionsHeld(0, LATER), false)).isEmpty();
  }

  @Test
  void ofReadingsAndRunsTheNewerOneCounts() {
    assertThat(conditions(EARLIER, 7L, null, true)).containsExactly("7");
    assertThat(conditions(EARLIER, 7L, new SuppressionsHeld(30, LATER), true))
        .containsExactly("30");
    assertThat(conditions(LATER, 7L, new SuppressionsHeld(30, EARLIER), true)).containsExactly("7");
    assertThat(conditions(LATER, null, new SuppressionsHeld(30, EARLIER), true)).isEmpty();
  }
}
