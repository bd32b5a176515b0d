package dev.lettershop.store.person;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * An attribute of which records say different things.
 *
 * @param voices what they say, the one that counts first
 */
public record Conflict(long profileId, String attribute, List<Voice> voices) {
  public Conflict {
    voices = List.copyOf(voices);
  }

  /**
   * What one record says.
   *
   * @param asOf when the record was last changed, or null
   * @param value in clear; may be personal data
   */
  public record Voice(String source, int precedence, Instant asOf, JsonNode value) {
    /** Without the value: that may be personal. */
    @Override
    public String toString() {
      return "Voice[" + source + "]";
    }
  }
}
