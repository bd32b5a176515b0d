package dev.lettershop.template.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/**
 * Writes dates, numbers and money as one recipient reads them. A value that is none is written as
 * it is. For one rendering on one thread.
 */
public final class LocalFormats {
  private static final int MOST_DIGITS = 3;
  private static final int LONGEST_NUMBER = 64;

  private final Locale locale;
  private final ZoneId zone;
  private final Instant now;

  /**
   * @param now what the words {@code now} and {@code today} mean
   */
  public LocalFormats(Locale locale, ZoneId zone, Instant now) {
    this.locale = locale;
    this.zone = zone;
    this.now = now;
  }

  /** UTC when {@code name} is not a time zone. */
  public static ZoneId zone(Object name) {
    try {
      return name instanceof String id && !id.isBlank() ? ZoneId.of(id.strip()) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  public Locale locale() {
    return locale;
  }

  /** Never null; empty for no value. */
  public String format(ValueFormat format, Object value) {
    if (value == null) {
      return "";
    }
    if (format.kind().isTemporal()) {
      ZonedDateTime time = time(value);
      return time == null ? ValueText.of(value) : temporal(format, time);
    }
    BigDecimal number = number(value);
    return number == null ? ValueText.of(value) : number(format, number);
  }

  private String temporal(ValueFormat format, ZonedDateTime time) {
    ZonedDateTime moved = format.shift() == null ? time : format.shift().after(time);
    if (moved == null) {
      return "";
    }
    String argument = format.style();
    if (argument.indexOf('%') >= 0) {
      return Strftime.format(argument, moved, locale);
    }
    DateTimeFormatter formatter =
        switch (format.kind()) {
          case Date -> DateTimeFormatter.ofLocalizedDate(style(argument, FormatStyle.LONG));
          case Time -> DateTimeFormatter.ofLocalizedTime(style(argument, FormatStyle.SHORT));
          default ->
              DateTimeFormatter.ofLocalizedDateTime(
                  style(argument, FormatStyle.LONG), FormatStyle.SHORT);
        };
    return formatter.withLocale(locale).format(moved);
  }

  private static FormatStyle style(String name, FormatStyle otherwise) {
    return ValueFormat.STYLES.contains(name)
        ? FormatStyle.valueOf(name.toUpperCase(Locale.ROOT))
        : otherwise;
  }

  private String number(ValueFormat format, BigDecimal number) {
    NumberFormat written =
        switch (format.kind()) {
          case Money -> money(format.argument());
          case Percent -> NumberFormat.getPercentInstance(locale);
          default -> NumberFormat.getNumberInstance(locale);
        };
    written.setRoundingMode(RoundingMode.HALF_UP);
    if (format.kind() != ValueFormat.Kind.Money) {
      boolean given = format.argument().matches("[0-9]");
      int most = format.kind() == ValueFormat.Kind.Percent ? 0 : MOST_DIGITS;
      int digits = given ? Integer.parseInt(format.argument()) : most;
      written.setMinimumFractionDigits(given ? digits : 0);
      written.setMaximumFractionDigits(digits);
    }
    return written.format(number);
  }

  /** In a currency that is none, the amount alone. */
  private NumberFormat money(String code) {
    try {
      Currency currency = Currency.getInstance(code.strip().toUpperCase(Locale.ROOT));
      NumberFormat money = NumberFormat.getCurrencyInstance(locale);
      money.setCurrency(currency);
      int digits = Math.max(0, currency.getDefaultFractionDigits());
      money.setMinimumFractionDigits(digits);
      money.setMaximumFractionDigits(digits);
      return money;
    } catch (IllegalArgumentException e) {
      NumberFormat amount = NumberFormat.getNumberInstance(locale);
      amount.setMinimumFractionDigits(2);
      amount.setMaximumFractionDigits(2);
      return amount;
    }
  }

  private static BigDecimal number(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
    }
    if (value instanceof Number number) {
      return BigDecimal.valueOf(number.longValue());
    }
    // Bounded, because 1e999999999 is a short text and a long number.
    String text = value instanceof String s ? s.strip() : "";
    return text.length() <= LONGEST_NUMBER && text.matches("[+-]?[0-9]+([.][0-9]+)?")
        ? new BigDecimal(text)
        : null;
  }

  private ZonedDateTime time(Object value) {
    if (value instanceof Instant instant) {
      return instant.atZone(zone);
    }
    if (value instanceof Number number) {
      return TimeText.ofSeconds(number.longValue(), zone);
    }
    return value instanceof String text ? TimeText.parse(text, zone, now) : null;
  }

  /** The moment some time after a date; null when {@code value} is none. */
  public Instant plus(Object value, DateShift shift) {
    ZonedDateTime time = time(value);
    ZonedDateTime shifted = time == null || shift == null ? null : shift.after(time);
    return shifted == null ? null : shifted.toInstant();
  }
}
