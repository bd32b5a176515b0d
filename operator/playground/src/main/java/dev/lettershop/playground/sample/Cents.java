package dev.lettershop.playground.sample;

/** Writes amounts, many times faster than a format string does. */
final class Cents {
  private Cents() {}

  /**
   * {@code 1234.50}
   *
   * @param cents 0 or more
   */
  static String text(long cents) {
    long rest = cents % 100;
    return cents / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  /** {@code $1,234.50} */
  static String dollars(long cents) {
    String text = text(cents);
    int thousands = text.length() - 6;
    return thousands <= 0
        ? "$" + text
        : "$" + text.substring(0, thousands) + "," + text.substring(thousands);
  }
}
