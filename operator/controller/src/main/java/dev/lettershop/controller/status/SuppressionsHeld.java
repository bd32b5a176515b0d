package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * How many addresses of a store wait for somebody's decision.
 *
 * @param addresses 0 when none does
 * @param time when that was so (RFC 3339)
 */
public record SuppressionsHeld(long addresses, String time) {

  /** What the newest report of several runs says; empty when there is none. */
  public static Optional<SuppressionsHeld> ofRuns(Collection<CampaignRunStatus> runs) {
    return runs.stream()
        .flatMap(run -> of(run.shards().values()).stream())
        .reduce(SuppressionsHeld::newer);
  }

  static Optional<SuppressionsHeld> of(Collection<ShardStatus> shards) {
    return shards.stream()
        .filter(shard -> shard.time() != null && shard.selected() != null)
        .map(
            shard ->
                new SuppressionsHeld(
                    shard.suppressionsHeld() == null ? 0 : shard.suppressionsHeld(), shard.time()))
        .reduce(SuppressionsHeld::newer);
  }

  SuppressionsHeld newer(SuppressionsHeld other) {
    return Moments.isAfter(other.time, time) ? other : this;
  }

  /** Says it while somebody has to decide. */
  static Conditions settle(long addresses, Conditions conditions) {
    if (addresses == 0) {
      return conditions.remove(Conditions.SUPPRESSIONS_HELD);
    }
    return conditions.set(
        Conditions.SUPPRESSIONS_HELD,
        ConditionStatus.True,
        "HardBouncesJumped",
        String.format(
            Locale.ROOT,
            "%,d addresses that bounced hard are not suppressed, because so many of one domain or"
                + " with one reason did at once: look at them with \"lettershop held list\", then"
                + " suppress or drop them",
            addresses));
  }
}
