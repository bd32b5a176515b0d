package dev.lettershop.collector.pages;

import dev.lettershop.api.v1alpha1.collector.page.PageTexts;
import dev.lettershop.profile.LocaleChain;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The languages of the pages: those that are shipped, with the texts that a Collector overrides.
 */
public final class Languages {
  /** Languages that are shipped. */
  static final List<String> SHIPPED = List.of("en", "de", "fr", "es", "it", "nl", "pl", "pt");

  /** A longer header is not a list of anybody's languages. */
  private static final int LONGEST_HEADER = 500;

  private final Map<String, Language> byTag = new LinkedHashMap<>();
  private final Language standard;

  /**
   * @param overrides texts in place of shipped ones, and in languages that are not shipped; there a
   *     text that is missing is in the default language
   * @param standard language of those of whom none is known
   */
  public Languages(List<PageTexts> overrides, String standard) {
    SHIPPED.forEach(tag -> byTag.put(tag, new Language(tag, shipped(tag))));
    String tag = LocaleChain.canonical(standard);
    overrides.stream()
        .filter(texts -> LocaleChain.of(standard).contains(LocaleChain.canonical(texts.locale())))
        .forEach(texts -> override(texts, byTag.get("en")));
    Language known = LocaleChain.best(byTag, tag);
    this.standard = known == null ? byTag.get("en") : known;
    overrides.forEach(texts -> override(texts, this.standard));
  }

  /** Keys of all texts. */
  public static Set<String> keys() {
    return shipped("en").keySet();
  }

  private void override(PageTexts texts, Language otherwise) {
    String tag = LocaleChain.canonical(texts.locale());
    Language base = LocaleChain.best(byTag, tag);
    byTag.put(tag, (base == null ? otherwise : base).with(tag, texts.values()));
  }

  private static Map<String, String> shipped(String tag) {
    String name = "texts_" + tag + ".properties";
    try (InputStream in = Languages.class.getResourceAsStream(name)) {
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      Map<String, String> texts = new HashMap<>();
      properties.stringPropertyNames().forEach(k -> texts.put(k, properties.getProperty(k)));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("The texts " + name + " cannot be read", e);
    }
  }

  /** All of them, the shipped ones first. */
  Collection<Language> all() {
    return byTag.values();
  }

  /** The one for whom nothing else fits. */
  Language standard() {
    return standard;
  }

  /**
   * The language of a page.
   *
   * @param asked by the address of the page, or null
   * @param profile what the profile says, or null
   * @param accepted what the browser accepts (RFC 9110 §12.5.4), or null
   */
  Language best(String asked, String profile, String accepted) {
    List<String> wishes = new ArrayList<>();
    wishes.add(asked);
    wishes.add(profile);
    wishes.addAll(accepted(accepted));
    for (String wish : wishes) {
      Language language = LocaleChain.best(byTag, wish);
      if (language != null) {
        return language;
      }
    }
    return standard;
  }

  private static List<String> accepted(String header) {
    if (header == null || header.length() > LONGEST_HEADER) {
      return List.of();
    }
    try {
      return Locale.LanguageRange.parse(header).stream()
          .filter(range -> range.getWeight() > 0 && !range.getRange().startsWith("*"))
          .map(Locale.LanguageRange::getRange)
          .toList();
    } catch (IllegalArgumentException notAList) {
      return List.of();
    }
  }
}
