package dev.lettershop.store.trigger;

import java.time.Instant;

/**
 * What triggers a campaign, as the store knows it.
 *
 * @param kind what the people do
 * @param source name of the event, or of the segment
 * @param activatedAt what happened before does not count
 */
public record Trigger(
    int id, String namespace, String campaign, Kind kind, String source, Instant activatedAt) {

  /** What people do that triggers. */
  public enum Kind {
    /** An event happens to them. */
    Event,
    /** They enter a segment. */
    Segment;

    String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
