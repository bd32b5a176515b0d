package dev.lettershop.rule.ast;

import java.time.Duration;
import java.time.Instant;

/** Writes constants as CEL text. */
public final class CelLiterals {
  private CelLiterals() {}

  /** In double quotes, with all escaped that would end the text or could not be seen in it. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                    out.append(String.format("\\u%04x", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.append('"').toString();
  }

  public static String of(long number) {
    return Long.toString(number);
  }

  /**
   * @throws IllegalArgumentException for infinity and NaN, which CEL cannot write
   */
  public static String of(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("CEL has no constant for " + number);
    }
    return Double.toString(number);
  }

  public static String of(Instant moment) {
    return "timestamp(\"" + moment + "\")";
  }

  public static String of(Duration length) {
    long seconds = length.getSeconds();
    if (length.getNano() != 0) {
      return "duration(\"" + length.toNanos() / 1000 + "us\")";
    }
    return "duration(\"" + (seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s") + "\")";
  }
}
