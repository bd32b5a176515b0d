package dev.lettershop.cli.source;

import java.time.Instant;

/**
 * What is known of people's consent besides their records.
 *
 * @param evidence how those agreed who have not refused; null when only columns say who did
 * @param since when those had agreed whose records do not say it; null when nobody knows, and then
 *     columns without a moment make no consents
 */
public record Agreement(String evidence, Instant since) {
  static final Agreement UNKNOWN = new Agreement(null, null);

  public Agreement {
    if (evidence != null && since == null) {
      throw new IllegalArgumentException("who says how says when");
    }
  }
}
