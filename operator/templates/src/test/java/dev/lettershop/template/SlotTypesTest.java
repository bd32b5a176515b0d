package dev.lettershop.template;

import static dev.lettershop.template.Templates.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.template.model.SlotValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTypesTest {

  @ParameterizedTest
  @CsvSource({
    "Text, '<anything>'",
    "Html, '<b>News</b>'",
    "Url, https://shop.example/sale?a=1",
    "Url, mailto:help@shop.example",
    "Image, https://shop.example/a.png",
    "Number, 12.50",
    "Number, -3",
    "Boolean, true",
    "List, 'one\ntwo'"
  })
  void takesValuesOfItsType(SlotType type, String value) {
    assertThat(SlotValue.check(type, value)).isEmpty();
    assertThat(SlotValue.check(type, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Html, '<script>x</script>', 'holds <script>, which mail programs do not show'",
    "Html, '<b onclick=x>y</b>', holds a script in onclick",
    "Url, /sale, '\"/sale\" is not an address'",
    "Url, javascript:alert(1), '\"javascript:alert(1)\" is not an address'",
    "Url, https://, '\"https://\" is not an address'",
    "Url, http://shop.example, '\"http://shop.example\" is not encrypted'",
    "Image, mailto:a@shop.example, '\"mailto:a@shop.example\" is not a picture''s address'",
    "Number, '1,5', '\"1,5\" is not a number'",
    "Number, 1e999999999, '\"1e999999999\" is not a number'",
    "Boolean, yes, '\"yes\" is neither true nor false'"
  })
  void refusesOthers(SlotType type, String value, String message) {
    assertThat(SlotValue.check(type, value))
        .singleElement()
        .extracting("message")
        .isEqualTo(message);
  }

  @Test
  void showsEachAsWhatItIs() {
    // given
    CompiledTemplate template =
        body("{{{content.html}}}|{{#content.list}}[{{.}}]{{/content.list}}|"
                + "{{#content.yes}}y{{/content.yes}}{{#content.no}}n{{/content.no}}|"
                + "{{#money.EUR}}{{content.price}}{{/money.EUR}}|"
                + "<a href=\"{{content.url}}\">x</a>")
            .slot("html", SlotType.Html, "<b>bold</b> &amp; more")
            .slot("list", SlotType.List, "one\n\n <two> \n")
            .slot("yes", SlotType.Boolean, "true")
            .slot("no", SlotType.Boolean, "false")
            .slot("price", SlotType.Number, "12.5")
            .slot("url", SlotType.Url, "https://shop.example/?a=1&b=2")
            .compile()
            .template();

    // when
    RenderedMail mail = Templates.render(template, Map.of(), Map.of());

    // then
    assertThat(mail.html())
        .startsWith(
            "<b>bold</b> &amp; more|[one][&lt;two&gt;]|y|€12.50|"
                + "<a href=\"https://shop.example/?a=1&amp;b=2\">x</a>");
    assertThat(mail.text()).containsSubsequence("bold & more", "|[one][<two>]|y|€12.50|x");
  }
}
