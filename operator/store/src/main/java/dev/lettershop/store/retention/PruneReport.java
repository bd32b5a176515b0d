package dev.lettershop.store.retention;

import java.util.List;

/**
 * What was forgotten, or would be.
 *
 * @param deliveries months of the ledger, such as {@code 2024-11}, oldest first
 * @param runs how many runs had their deliveries there
 * @param kept months of the ledger that are past their time, but hold runs that are not finished
 * @param events months of events, oldest first
 * @param otherEvents single events of months that have no table of their own
 * @param quarantined records that could not be taken
 * @param hits days of opens and clicks, such as {@code 2024-11-30}, oldest first
 */
public record PruneReport(
    List<String> deliveries,
    long runs,
    List<String> kept,
    List<String> events,
    long otherEvents,
    long quarantined,
    List<String> hits) {
  /** Nothing at all. */
  public static final PruneReport NOTHING =
      new PruneReport(List.of(), 0, List.of(), List.of(), 0, 0, List.of());

  public PruneReport {
    deliveries = List.copyOf(deliveries);
    kept = List.copyOf(kept);
    events = List.copyOf(events);
    hits = List.copyOf(hits);
  }

  /** Whether there was nothing to forget. */
  public boolean isNothing() {
    return deliveries.isEmpty()
        && events.isEmpty()
        && otherEvents == 0
        && quarantined == 0
        && hits.isEmpty();
  }
}
