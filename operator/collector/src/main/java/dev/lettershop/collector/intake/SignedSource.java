package dev.lettershop.collector.intake;

import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may trigger campaigns.
 *
 * @param signingKey read again from time to time, since Secrets are rotated; empty when there is
 *     none
 * @param events that it may send; empty for all of the store
 */
public record SignedSource(String name, Supplier<String> signingKey, Set<String> events) {
  public SignedSource {
    events = Set.copyOf(events);
  }
}
