package dev.lettershop.collector.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the pages say in one language.
 *
 * @param tag canonical language tag
 * @param texts by key; every key of the shipped texts is there
 */
record Language(String tag, Map<String, String> texts) {
  Language {
    texts = Map.copyOf(texts);
  }

  /** The same with other texts in place of some. */
  Language with(String tag, Map<String, String> others) {
    Map<String, String> all = new HashMap<>(texts);
    all.putAll(others);
    return new Language(tag, all);
  }

  /** A text into which nothing is put. */
  public String of(String key) {
    return texts.get(key);
  }

  /** A text with one value in it. */
  public String of(String key, String name, Object value) {
    return filled(key, Map.of(name, value.toString()));
  }

  /**
   * A text with values in it.
   *
   * @param values by the names that stand in braces
   */
  String filled(String key, Map<String, String> values) {
    String text = texts.get(key);
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int open; (open = text.indexOf('{', from)) >= 0; ) {
      int close = text.indexOf('}', open);
      String value = close < 0 ? null : values.get(text.substring(open + 1, close));
      int end = value == null ? open + 1 : close + 1;
      filled.append(text, from, value == null ? end : open).append(value == null ? "" : value);
      from = end;
    }
    return filled.append(text, from, text.length()).toString();
  }

  /** A day as people read it, such as {@code 30 December 2026}. */
  String day(Instant time) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(Locale.forLanguageTag(tag))
        .withZone(ZoneOffset.UTC)
        .format(time);
  }
}
