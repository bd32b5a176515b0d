package dev.lettershop.source.clean;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns the name of a country, in English or one of a few other languages, or its alpha-3 code,
 * into its ISO 3166-1 alpha-2 code.
 */
final class Countries {
  private static final List<Locale> LANGUAGES =
      List.of(
          Locale.ENGLISH,
          Locale.GERMAN,
          Locale.FRENCH,
          Locale.ITALIAN,
          Locale.forLanguageTag("es"),
          Locale.forLanguageTag("nl"),
          Locale.forLanguageTag("pt"),
          Locale.forLanguageTag("pl"),
          Locale.forLanguageTag("cs"),
          Locale.forLanguageTag("sv"),
          Locale.forLanguageTag("da"),
          Locale.forLanguageTag("nb"),
          Locale.forLanguageTag("fi"),
          Locale.forLanguageTag("hu"),
          Locale.forLanguageTag("ro"),
          Locale.forLanguageTag("tr"),
          Locale.forLanguageTag("el"),
          Locale.forLanguageTag("ru"),
          Locale.forLanguageTag("uk"),
          Locale.JAPANESE,
          Locale.SIMPLIFIED_CHINESE);
  private static final Map<String, String> COLLOQUIAL =
      Map.ofEntries(
          Map.entry("uk", "GB"),
          Map.entry("great britain", "GB"),
          Map.entry("england", "GB"),
          Map.entry("scotland", "GB"),
          Map.entry("wales", "GB"),
          Map.entry("u.s.", "US"),
          Map.entry("u.s.a.", "US"),
          Map.entry("united states of america", "US"),
          Map.entry("the netherlands", "NL"),
          Map.entry("holland", "NL"),
          Map.entry("czech republic", "CZ"),
          Map.entry("turkey", "TR"),
          Map.entry("south korea", "KR"),
          Map.entry("russian federation", "RU"));

  private final Map<String, String> codeByName = new HashMap<>();

  Countries() {
    for (String code : Locale.getISOCountries()) {
      Locale country = new Locale.Builder().setRegion(code).build();
      for (Locale language : LANGUAGES) {
        codeByName.putIfAbsent(key(country.getDisplayCountry(language)), code);
      }
      codeByName.put(code.toLowerCase(Locale.ROOT), code);
      codeByName.put(country.getISO3Country().toLowerCase(Locale.ROOT), code);
    }
    COLLOQUIAL.forEach(codeByName::putIfAbsent);
  }

  Converted normalise(String text) {
    String code = codeByName.get(key(text));
    return code == null
        ? Converted.invalid("is not a country: neither an ISO 3166 code nor a known name")
        : Converted.of(code);
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
