package dev.lettershop.resource;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as resources write them: {@code 90s}, {@code 1h30m}, {@code 400d}. */
public final class DurationText {
  private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:ms|d|h|m|s))++");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|d|h|m|s)");

  private DurationText() {}

  /** Empty when the text is not a duration. */
  public static Optional<Duration> read(String text) {
    if (text == null || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration length = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      length =
          length.plus(
              switch (part.group(2)) {
                case "d" -> Duration.ofDays(number);
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMillis(number);
              });
    }
    return Optional.of(length);
  }

  /**
   * A duration that the schema has let through.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Duration parse(String text) {
    return read(text)
        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is not a duration"));
  }
}
