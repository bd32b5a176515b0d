package dev.lettershop.source.connect;

import java.time.Instant;

/**
 * How far a reading has come. Shown in status, so it holds no personal data.
 *
 * @param watermark what the source counts by, such as a time, a number or offsets; null when it has
 *     none, or none that may be shown
 * @param newest when the newest record read came into being; null when that is not known
 * @param behind how many records there were beyond, when last asked; null when that is not known
 */
public record SourceProgress(String watermark, Instant newest, Long behind) {
  public static final SourceProgress UNKNOWN = new SourceProgress(null, null, null);
}
