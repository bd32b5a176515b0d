package dev.lettershop.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which languages fit a profile, the best first: {@code de-AT}, then {@code de} (lookup of RFC 4647
 * §3.4). What comes after the last one, the default, is the caller's.
 */
public final class LocaleChain {
  private LocaleChain() {}

  /**
   * A language tag in its canonical form, such as {@code de-AT} for {@code de_at.UTF-8}; empty for
   * what is none.
   */
  public static String canonical(String tag) {
    String bare = tag.strip().split("[.@]", 2)[0].replace('_', '-');
    String canonical = Locale.forLanguageTag(bare).toLanguageTag();
    return canonical.equals("und") ? "" : canonical;
  }

  /**
   * The languages that fit, as canonical tags; empty when there is none.
   *
   * @param locale value of the attribute {@code locale}; may be null
   */
  public static List<String> of(Object locale) {
    List<String> chain = new ArrayList<>();
    String tag = locale instanceof String text ? canonical(text) : "";
    while (!tag.isEmpty()) {
      chain.add(tag);
      int end = tag.lastIndexOf('-');
      // A single letter begins an extension, which means nothing without what follows.
      end = end > 2 && tag.charAt(end - 2) == '-' ? end - 2 : end;
      tag = end < 0 ? "" : tag.substring(0, end);
    }
    return chain;
  }

  /**
   * The best of several translations, or null when none fits.
   *
   * @param translations by canonical tag
   */
  public static <T> T best(Map<String, T> translations, Object locale) {
    if (translations.isEmpty()) {
      return null;
    }
    for (String tag : of(locale)) {
      T translation = translations.get(tag);
      if (translation != null) {
        return translation;
      }
    }
    return null;
  }
}
