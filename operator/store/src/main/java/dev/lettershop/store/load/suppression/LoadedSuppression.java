package dev.lettershop.store.load.suppression;

import dev.lettershop.store.suppression.ListEntry;
import dev.lettershop.store.suppression.SuppressionReason;
import java.time.Instant;

/**
 * One row of a source that provides suppressions.
 *
 * @param position where it stands in the source, for quarantine
 * @param message kind of the message that caused it, or null
 * @param code status code of that message, or null
 * @param note in somebody's words, or null
 * @param since when it was suppressed elsewhere
 */
public record LoadedSuppression(
    String position,
    ListEntry entry,
    SuppressionReason reason,
    String message,
    String code,
    String note,
    Instant since) {

  @Override
  public String toString() {
    return "LoadedSuppression[" + position + "]";
  }
}
