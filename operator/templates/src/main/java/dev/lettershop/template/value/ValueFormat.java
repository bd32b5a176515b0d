package dev.lettershop.template.value;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.diagnostic.DidYouMean;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a value is to be written for the recipient. The same in all template languages.
 *
 * @param argument a style, a pattern, a number of digits or a currency; empty for the default
 */
public record ValueFormat(Kind kind, String argument) {

  /** What is formatted. */
  public enum Kind {
    Date,
    Time,
    Datetime,
    Number,
    Money,
    Percent;

    /** As authors write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isTemporal() {
      return this == Date || this == Time || this == Datetime;
    }

    /** Null when there is no format of that name. */
    public static Kind of(String word) {
      return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst().orElse(null);
    }
  }

  static final List<String> STYLES = List.of("short", "medium", "long", "full");
  private static final int MAX_DIGITS = 9;
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  /** The argument without the time that is added. */
  String style() {
    if (shift() == null) {
      return argument;
    }
    int dot = argument.lastIndexOf('.');
    return dot < 0 ? "" : argument.substring(0, dot);
  }

  /** What is added to the date before it is written, as Mustache says it; null for nothing. */
  DateShift shift() {
    return kind.isTemporal() && argument.indexOf('-') > 0 && argument.indexOf('%') < 0
        ? DateShift.ofName(argument.substring(argument.lastIndexOf('.') + 1))
        : null;
  }

  /** What is wrong with the argument, or null. */
  public String fault() {
    if (kind.isTemporal()) {
      String style = style();
      boolean known = style.isEmpty() || STYLES.contains(style) || style.indexOf('%') >= 0;
      return known
          ? null
          : "\""
              + argument
              + "\" is not a style of "
              + kind.word()
              + "; there are "
              + String.join(", ", STYLES);
    }
    if (kind == Kind.Money) {
      return argument.isEmpty() || CURRENCIES.contains(argument)
          ? null
          : "\""
              + argument
              + "\" is not a currency; "
              + DidYouMean.nearest(argument, Set.of("EUR", "USD", "GBP", "CHF", "JPY"))
                  .map(near -> "did you mean \"" + near + "\"?")
                  .orElse("write a code of ISO 4217, such as EUR");
    }
    return argument.isEmpty() || argument.matches("[0-" + MAX_DIGITS + "]")
        ? null
        : "\"" + argument + "\" is not a number of decimal places from 0 to " + MAX_DIGITS;
  }

  /** Why a value of that type cannot be formatted so, or null; null for a type not known. */
  String misfit(AttributeType type) {
    if (type == null || type == AttributeType.String) {
      return null;
    }
    boolean fits =
        kind.isTemporal()
            ? type == AttributeType.Timestamp
            : type == AttributeType.Integer || type == AttributeType.Double;
    if (fits) {
      return null;
    }
    return "that is of type " + type + ", and not " + (kind.isTemporal() ? "a time" : "a number");
  }
}
