package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.CountryFormat;
import dev.lettershop.api.v1alpha1.Normalise;
import java.text.Normalizer;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.function.Function;

/**
 * Brings text that means the same to the same form. What is cleaned how follows from the
 * attribute's name: {@code email}; {@code name} and whatever ends in {@code _name}; {@code country}
 * and whatever ends in {@code _country} or {@code country_code}; {@code time_zone} and whatever
 * ends in {@code _time_zone}; {@code locale}. All other text is taken as it is.
 */
final class Cleaning {
  private static final Function<String, Converted> AS_IT_IS = Converted::of;

  private final Normalise normalise;
  private Countries countries;
  private TimeZones timeZones;

  /**
   * @param normalise what is cleaned at all
   */
  Cleaning(Normalise normalise) {
    this.normalise = normalise;
  }

  /** How text for this attribute is cleaned. Never null. */
  Function<String, Converted> of(String attribute) {
    if (attribute.equals("email")) {
      return normalise.email() ? EmailAddress::normalise : AS_IT_IS;
    }
    if (attribute.equals("locale")) {
      return Cleaning::languageTag;
    }
    if (attribute.equals("name") || attribute.endsWith("_name")) {
      return normalise.names() ? Cleaning::spaced : AS_IT_IS;
    }
    if (attribute.equals("time_zone") || attribute.endsWith("_time_zone")) {
      return normalise.timeZones() ? timeZones()::normalise : AS_IT_IS;
    }
    boolean country =
        attribute.equals("country")
            || attribute.endsWith("_country")
            || attribute.endsWith("country_code");
    if (country && normalise.countries() == CountryFormat.Iso3166) {
      return countries()::normalise;
    }
    return AS_IT_IS;
  }

  private Countries countries() {
    if (countries == null) {
      countries = new Countries();
    }
    return countries;
  }

  private TimeZones timeZones() {
    if (timeZones == null) {
      timeZones = new TimeZones();
    }
    return timeZones;
  }

  /** Composed characters, and one space wherever there is white space or a control character. */
  private static Converted spaced(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    StringBuilder text = new StringBuilder(composed.length());
    boolean gap = false;
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
        gap = text.length() > 0;
      } else {
        if (gap) {
          text.append(' ');
          gap = false;
        }
        text.append(c);
      }
    }
    return text.length() == 0 ? Converted.ABSENT : Converted.of(text.toString());
  }

  /** {@code en_us} becomes {@code en-US} (RFC 5646 §2.1.1). */
  private static Converted languageTag(String text) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(text.replace('_', '-')).build();
      return locale.getLanguage().isEmpty()
          ? Converted.invalid("is no language tag such as en-US")
          : Converted.of(locale.toLanguageTag());
    } catch (IllformedLocaleException malformed) {
      return Converted.invalid("is no language tag such as en-US");
    }
  }
}
