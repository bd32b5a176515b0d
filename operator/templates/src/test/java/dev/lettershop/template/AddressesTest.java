package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in addresses: encoded once, by the rules of the address's scheme. */
class AddressesTest {
  private static final Map<String, Object> ADA =
      Map.of(
          "email",
          "ada+x@example.com",
          "first_name",
          "+49 (170) 123-45#6",
          "city",
          "Paris & Rom",
          "nothing",
          "javascript:alert(1)");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Mustache~https://a.example/?e={{profile.email}}~https://a.example/?e=ada%2Bx%40example.com",
        "Liquid~https://a.example/?e={{ profile.email }}~https://a.example/?e=ada%2Bx%40example.com",
        "Liquid~https://a.example/?e={{ profile.email | url_encode }}~https://a.example/?e=ada%2Bx%40example.com",
        "Liquid~https://a.example/?e={{ profile.email | url_param_escape }}~https://a.example/?e=ada%2Bx%40example.com",
        "Liquid~https://a.example/{{ profile.city | url_escape }}~https://a.example/Paris%20&amp;%20Rom",
        "Liquid~https://a.example/?{{ profile.email | url_encode | prepend: 'e=' }}~https://a.example/?e=ada%2Bx%40example.com",
        "Liquid~https://a.example/?e={{ profile.email | url_encode | append: profile.city }}~https://a.example/?e=ada%252Bx%2540example.comParis%20%26%20Rom",
        "Liquid~https://a.example/?c={{ profile.city | escape }}~https://a.example/?c=Paris%20%26%20Rom",
        "Handlebars~https://a.example/?e={{profile.email}}~https://a.example/?e=ada%2Bx%40example.com",
        "Handlebars~https://a.example/?e={{encodeURI profile.email}}~https://a.example/?e=ada%2Bx%40example.com",
        "Handlebars~https://a.example/?{{concat 'e=' (encodeURI profile.email)}}~https://a.example/?e=ada%2Bx%40example.com",
        "Handlebars~https://a.example/?e={{encodeURI (lower profile.email)}}~https://a.example/?e=ada%2Bx%40example.com",
        "Handlebars~https://a.example/?c={{escape profile.city}}~https://a.example/?c=Paris%20%26%20Rom",
        "Mustache~tel:{{profile.first_name}}~tel:+49(170)123-45%236",
        "Liquid~tel:{{ profile.first_name }}~tel:+49(170)123-45%236",
        "Handlebars~tel:{{profile.first_name}}~tel:+49(170)123-45%236",
        "Mustache~sms:{{profile.first_name}}?body={{profile.city}}~sms:+49(170)123-45%236?body=Paris%20%26%20Rom",
        "Mustache~mailto:{{profile.email}}?subject={{profile.city}}~mailto:ada+x@example.com?subject=Paris%20%26%20Rom",
        "Mustache~https://wa.me/{{profile.first_name}}?text={{profile.city}}~https://wa.me/49170123456?text=Paris%20%26%20Rom",
        "Mustache~https://api.whatsapp.com/send?phone={{profile.first_name}}~https://api.whatsapp.com/send?phone=49170123456",
        "Mustache~{{profile.nothing}}~''"
      })
  void aValueIsEncodedByItsPlaceAndOnce(TemplateEngine engine, String address, String wanted) {
    String html =
        Templates.body("<a href=\"" + address + "\">x</a>")
            .engine(engine)
            .render(ADA, Map.of())
            .html();
    assertThat(html).contains("href=\"" + wanted + "\">x</a>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n  ", " ", "\t"})
  void whiteSpaceBeforeAnAddressDoesNotEncodeIt(String space) {
    String html =
        Templates.body("<a href=\"" + space + "{{profile.city}}\">x</a>")
            .render(Map.of("city", "https://a.example/b?c=1"), Map.of())
            .html();
    assertThat(html).contains("https://a.example/b?c=1\">x</a>");
  }

  @Test
  void anEncodedValueInAVariableIsNotEncodedAgain() {
    String html =
        Templates.body(
                "{% assign e = profile.email | url_encode %}<a href=\"https://a.example/?{{ e }}\">x</a>")
            .engine(TemplateEngine.Liquid)
            .render(ADA, Map.of())
            .html();
    assertThat(html).contains("href=\"https://a.example/?ada%2Bx%40example.com\"");
  }

  @Test
  void theTextAlternativeEncodesOnceToo() {
    String text =
        Templates.body("<a href=\"https://a.example/?e={{ profile.email | url_encode }}\">x</a>")
            .engine(TemplateEngine.Liquid)
            .render(ADA, Map.of())
            .text();
    assertThat(text).contains("x (https://a.example/?e=ada%2Bx%40example.com)");
  }
}
