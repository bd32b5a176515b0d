package dev.lettershop.source.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.field.CountryFormat;
import dev.lettershop.api.v1alpha1.field.Normalise;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleaningTest {
  private final Cleaning cleaning = new Cleaning(normalise(true, CountryFormat.Iso3166));

  private static Normalise normalise(boolean on, CountryFormat countries) {
    return new Normalise(on, on, countries, on, null, null, null, null, null, null, null);
  }

  private static Converted clean(Cleaning cleaning, String attribute, String text) {
    return cleaning.of(attribute).text().clean(text, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "email,ada@example.com,ada@example.com",
    "email,Ada.Lovelace+news@EXAMPLE.Com,Ada.Lovelace+news@example.com",
    "email,o'brien@mail.example,o'brien@mail.example",
    "email,ada@Bücher.example,ada@xn--bcher-kva.example",
    "first_name,' Ada   Maria ',Ada Maria",
    "first_name,Ada\u00a0\tMaria,Ada Maria",
    "name,Zoe\u0308,Zoë",
    "country,DE,DE",
    "country,de,DE",
    "country,DEU,DE",
    "country,Germany,DE",
    "country,Deutschland,DE",
    "country,Nederland,NL",
    "country,España,ES",
    "shipping_country,UK,GB",
    "country_code,United States,US",
    "country,usa,US",
    "time_zone,europe/berlin,Europe/Berlin",
    "time_zone,America/New York,America/New_York",
    "time_zone,UTC,UTC",
    "time_zone,us/eastern,America/New_York",
    "time_zone,Asia/Calcutta,Asia/Kolkata",
    "locale,en_us,en-US",
    "locale,de,de",
    "locale,zh-hant-tw,zh-Hant-TW",
    "city, New York ,New York",
  })
  void gives_one_form_to_what_means_the_same(String attribute, String text, String clean) {
    assertThat(clean(cleaning, attribute, text)).isEqualTo(Converted.of(clean));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n/a",
        "ada",
        "@example.com",
        "ada@",
        "ada@@example.com",
        "ada lovelace@example.com",
        "ada@example",
        "ada@-example.com",
        "ada@example..com",
        "ada@exam_ple.com",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        "ada@10.0.0.1",
        "ada@example.com\r\nBcc: all@example.com",
        "<ada@example.com>",
        "ada@example.com,bob@example.com",
        "ädä@example.com",
        "ada@bücher\u0000.example"
      })
  void refuses_addresses_that_no_mail_system_takes(String text) {
    assertThat(clean(cleaning, "email", text))
        .isInstanceOfSatisfying(
            Converted.Invalid.class, invalid -> assertThat(invalid.reason()).doesNotContain(text));
  }

  @Test
  void refuses_addresses_that_are_too_long() {
    assertThat(EmailAddress.normalise("a".repeat(65) + "@example.com"))
        .isInstanceOf(Converted.Invalid.class);
    assertThat(EmailAddress.normalise("a@" + "b".repeat(64) + ".example"))
        .isInstanceOf(Converted.Invalid.class);
    assertThat(EmailAddress.normalise("a@" + "b.".repeat(124) + "example"))
        .isInstanceOf(Converted.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "country,Atlantis",
    "time_zone,Middle Europe",
    "time_zone,CEST",
    "locale,english please",
    "locale,-"
  })
  void refuses_names_that_nothing_has(String attribute, String text) {
    assertThat(clean(cleaning, attribute, text)).isInstanceOf(Converted.Invalid.class);
  }

  @Test
  void leaves_alone_what_it_is_told_to_leave_alone() {
    Cleaning off = new Cleaning(normalise(false, null));

    assertThat(clean(off, "email", "not an address")).isEqualTo(Converted.of("not an address"));
    assertThat(clean(off, "name", "A  B")).isEqualTo(Converted.of("A  B"));
    assertThat(clean(off, "country", "Germany")).isEqualTo(Converted.of("Germany"));
    assertThat(clean(off, "time_zone", "here")).isEqualTo(Converted.of("here"));
  }

  @Test
  void two_cases_of_one_address_are_one_person() {
    assertThat(EmailAddress.identity("Ada@example.com"))
        .isEqualTo(EmailAddress.identity("ADA@example.com"));
  }
}
