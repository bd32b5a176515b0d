package dev.lettershop.store.ledger;

import java.util.Map;

/**
 * A run in figures.
 *
 * @param selected people whom the freeze planned to mail
 * @param skipped people not mailed, by {@link SkipReason#key()}; those skipped after the freeze too
 * @param deliveries rows of the ledger by state; absent means none
 * @param variants the same for each variant, by its name
 */
public record RunCounts(
    long selected,
    Map<String, Long> skipped,
    Map<DeliveryState, Long> deliveries,
    Map<String, Map<DeliveryState, Long>> variants) {

  public long of(DeliveryState state) {
    return deliveries.getOrDefault(state, 0L);
  }
}
