package dev.lettershop.delivery.policy;

import dev.lettershop.store.pace.RateLimit;
import java.util.List;

/**
 * What is heeded in common with all who send through the same transport.
 *
 * @param transport names it in the store; null when nothing is shared
 * @param limits all of them hold; empty for none
 * @param priority 1 to 100
 */
public record SendingTerms(String transport, List<RateLimit> limits, int priority) {
  /** So many times a second a limit is asked for slots. */
  private static final double ASKED_PER_SECOND = 10;

  /** Nobody else is there. */
  public static final SendingTerms NONE = new SendingTerms(null, List.of(), 50);

  public SendingTerms {
    limits = List.copyOf(limits);
  }

  /** How many slots are taken at a time. */
  public int slotsAtOnce() {
    return (int)
        Math.max(
            1,
            Math.ceil(
                limits.stream().mapToInt(RateLimit::perSecond).min().orElse(1) / ASKED_PER_SECOND));
  }
}
