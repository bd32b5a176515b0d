package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.collector.page.PageTexts;
import dev.lettershop.plan.compile.PageTextKeys;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LanguagesTest {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private final Languages shipped = new Languages(List.of(), "en");

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    for (Matcher m = PLACE.matcher(text); m.find(); ) {
      places.add(m.group(1));
    }
    return places;
  }

  @Test
  void everyLanguageSaysAllWithTheSameValuesInIt() {
    Language english = shipped.standard();
    assertThat(shipped.all()).hasSize(8);
    for (Language language : shipped.all()) {
      assertThat(language.texts().keySet()).as(language.tag()).isEqualTo(Languages.keys());
      language
          .texts()
          .forEach(
              (key, text) -> {
                assertThat(text).as(language.tag() + " " + key).isNotBlank();
                assertThat(places(text))
                    .as(language.tag() + " " + key)
                    .isEqualTo(places(english.of(key)));
              });
    }
  }

  @Test
  void aCollectorOverridesTextsAndAddsLanguages() {
    Languages languages =
        new Languages(
            List.of(
                new PageTexts("de", Map.of("undo.button", "Doch nicht")),
                new PageTexts("de-AT", Map.of("topics.save", "Passt so")),
                new PageTexts("sv", Map.of("undo.button", "Ångra"))),
            "de");

    assertThat(languages.best("de", null, null).of("undo.button")).isEqualTo("Doch nicht");
    assertThat(languages.best(null, "de_AT", null).of("topics.save")).isEqualTo("Passt so");
    assertThat(languages.best(null, "de-CH", null).of("topics.save"))
        .isEqualTo("Auswahl speichern");
    Language swedish = languages.best(null, null, "sv-SE,sv;q=0.9");
    assertThat(swedish.of("undo.button")).isEqualTo("Ångra");
    assertThat(swedish.of("topics.save")).as("not said in Swedish").isEqualTo("Auswahl speichern");
    assertThat(languages.best(null, null, "zh")).isSameAs(languages.standard());
    assertThat(languages.standard().tag()).isEqualTo("de");
  }

  @Test
  void whatIsPutIntoATextIsNotReadAgain() {
    Language language = new Language("en", Map.of("k", "{a} and {b} {unknown} {"));

    assertThat(language.filled("k", Map.of("a", "{b}", "b", "2")))
        .isEqualTo("{b} and 2 {unknown} {");
  }

  @Test
  void daysAreWrittenAsPeopleReadThem() {
    Instant day = Instant.parse("2026-12-30T00:00:00Z");

    assertThat(shipped.best("de", null, null).day(day)).isEqualTo("30. Dezember 2026");
    assertThat(shipped.best("fr", null, null).day(day)).isEqualTo("30 décembre 2026");
    assertThat(shipped.best("pl", null, null).day(day)).isEqualTo("30 grudnia 2026");
  }

  @Test
  void anAddressIsShownWithoutTheNameInIt() {
    assertThat(MaskedAddress.of("ada@example.com")).isEqualTo("a…@example.com");
    assertThat(MaskedAddress.of("😀x@example.com")).isEqualTo("😀…@example.com");
    assertThat(MaskedAddress.of(null)).isEqualTo("…");
    assertThat(MaskedAddress.of("@")).isEqualTo("…");
  }

  @Test
  void lintKnowsTheKeysAndWhatStandsInBraces() throws Exception {
    Properties shipped = new Properties();
    try (InputStream in = getClass().getResourceAsStream("texts_en.properties")) {
      shipped.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    Map<String, Set<String>> expected = new TreeMap<>();
    shipped.forEach(
        (key, text) ->
            expected.put(
                (String) key,
                Pattern.compile("\\{(\\w+)\\}")
                    .matcher((String) text)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet())));

    assertThat(PageTextKeys.all()).isEqualTo(expected);
  }
}
