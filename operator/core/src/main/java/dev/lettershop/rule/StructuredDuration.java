package dev.lettershop.rule;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as resources write them ({@code 400d}, {@code 1h30m}), which CEL does without days. */
public final class StructuredDuration {
  private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:ms|d|h|m|s))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|d|h|m|s)");

  private StructuredDuration() {}

  /** How long it is; nothing when the text is no duration. Days have 24 hours. */
  public static Optional<Duration> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
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

  /** The duration as a CEL constant, or nothing when it is none, is 0 or is too long. */
  static Optional<String> toCel(String text) {
    return parse(text)
        .filter(length -> !length.isZero() && length.compareTo(Limits.DURATION) <= 0)
        .map(CelLiterals::of);
  }
}
