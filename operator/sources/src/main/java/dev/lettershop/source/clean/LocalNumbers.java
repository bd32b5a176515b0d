package dev.lettershop.source.clean;

import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * Reads numbers as people of one locale write them, and amounts of money: {@code 1.234,56 €},
 * {@code CHF 1'234.50}, {@code (12,00)}. Gives the same number in plain figures.
 */
final class LocalNumbers {
  private static final Converted NONE =
      Converted.invalid("is not a number as the declared locale writes it");

  private final char decimal;
  private final char grouping;

  /**
   * @param locale such as de-DE
   */
  LocalNumbers(String locale) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.forLanguageTag(locale));
    this.decimal = symbols.getDecimalSeparator();
    this.grouping = symbols.getGroupingSeparator();
  }

  /** The number as digits with at most a sign in front and one point. */
  Converted plain(String text) {
    String number = amount(text.strip());
    boolean negative = false;
    if (number.startsWith("(") && number.endsWith(")")) {
      negative = true;
      number = amount(number.substring(1, number.length() - 1).strip());
    }
    if (number.endsWith("-") || number.startsWith("-") || number.startsWith("\u2212")) {
      negative = true;
      number =
          amount(
              (number.endsWith("-")
                      ? number.substring(0, number.length() - 1)
                      : number.substring(1))
                  .strip());
    } else if (number.startsWith("+")) {
      number = amount(number.substring(1).strip());
    }
    String figures = figures(number);
    return figures == null ? NONE : Converted.of(negative ? "-" + figures : figures);
  }

  /** Without a currency's sign or code at either end. */
  private static String amount(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isCurrency(text.charAt(from))) {
      from++;
    }
    while (to > from && isCurrency(text.charAt(to - 1))) {
      to--;
    }
    boolean code =
        text.substring(0, from)
                .concat(text.substring(to))
                .chars()
                .filter(Character::isLetter)
                .count()
            <= 3;
    return code ? text.substring(from, to) : "";
  }

  private static boolean isCurrency(char c) {
    return Character.getType(c) == Character.CURRENCY_SYMBOL
        || Character.isLetter(c)
        || Character.isSpaceChar(c);
  }

  private String figures(String number) {
    int point = number.lastIndexOf(decimal);
    String whole = point < 0 ? number : number.substring(0, point);
    String fraction = point < 0 ? "" : number.substring(point + 1);
    StringBuilder digits = new StringBuilder(number.length());
    int group = 0;
    boolean grouped = false;
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
        group++;
      } else if (isGrouping(c) && group > 0 && (grouped ? group <= 3 && group >= 2 : group <= 3)) {
        grouped = true;
        group = 0;
      } else {
        return null;
      }
    }
    boolean complete = !grouped || group == 3;
    boolean plain = fraction.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!complete || !plain || digits.length() + fraction.length() == 0) {
      return null;
    }
    String front = digits.length() == 0 ? "0" : digits.toString();
    return fraction.isEmpty() ? front : front + "." + fraction;
  }

  /** Spaces and apostrophes of all kinds count as one, as keyboards have only some of them. */
  private boolean isGrouping(char c) {
    boolean spaced = Character.isSpaceChar(grouping);
    boolean quoted = grouping == '\'' || grouping == '\u2019';
    return c == grouping
        || spaced && Character.isSpaceChar(c)
        || quoted && (c == '\'' || c == '\u2019');
  }
}
