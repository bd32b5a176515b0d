package dev.lettershop.store.segment;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a refresh came to.
 *
 * @param size members now
 * @param entered of these, who was none at the refresh before
 * @param left who was a member at the refresh before and is none now
 * @param at the moment for which the rule was answered, by the database's clock
 * @param took how long it took, waiting for another refresh of the segment not counted
 * @param evaluated how many profiles the rule was answered for; null for all of them
 * @param allBecause why it was answered for all, for people; null when only for some
 * @param eventsOfAllTime how many events the rule looks at without a window, by name, estimated
 */
public record Refreshed(
    long size,
    long entered,
    long left,
    Instant at,
    Duration took,
    Long evaluated,
    String allBecause,
    Map<String, Long> eventsOfAllTime) {

  /** Whether only those were looked at whose answer can have changed. */
  public boolean isIncremental() {
    return evaluated != null;
  }
}
