package dev.lettershop.collector.intake;

import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may send events, as far as taking them needs to know.
 *
 * @param browser whether its write key is public
 * @param writeKey read again from time to time, since Secrets are rotated; empty when there is none
 * @param origins whose pages may send, for browsers; in lower case
 */
public record IntakeSource(
    String name, boolean browser, Supplier<String> writeKey, Set<String> origins) {
  public IntakeSource {
    origins = Set.copyOf(origins);
  }
}
