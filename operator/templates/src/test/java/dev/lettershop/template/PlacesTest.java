package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a value of a person may stand, and how it is written there. */
class PlacesTest {
  private static final String CITY = "{{profile.city}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<style>.a{color:" + CITY + "}</style>",
        "<p style=\"color:" + CITY + "\">x</p>",
        "<p title=" + CITY + ">x</p>",
        "<p " + CITY + ">x</p>",
        "<script>var a='" + CITY + "';</script>",
        "<p onclick=\"f('" + CITY + "')\">x</p>",
        "<a href=\"javascript:f('" + CITY + "')\">x</a>",
        "<a href=\" JavaScript:f('" + CITY + "')\">x</a>",
        "<a href=\"{{#profile.city}}https://a.example{{/profile.city}}javascript:"
            + CITY
            + "\">x</a>"
      })
  void aValueOfAPersonIsRefusedWhereItCannotBeMadeSafe(String html) {
    assertThat(refused(html)).isTrue();
    assertThat(refused("<!--[if mso]>" + html + "<![endif]-->")).isTrue();
    assertThat(refused("<!--[if (gte mso 9)|(IE)]>" + html + "-->")).isTrue();
    assertThat(refused("<!--[if !mso]><!-->" + html + "<!--<![endif]-->")).isTrue();
  }

  private static boolean refused(String html) {
    return !Templates.body(html).compile().succeeded();
  }

  @Test
  void aValueInAConditionalCommentIsEncodedForItsPlace() {
    String html =
        Templates.body(
                "<!--[if mso]><v:rect href=\"https://a.example/?c={{profile.city}}\"><p>{{profile.city}}</p></v:rect><![endif]-->"
                    + "<p>{{profile.city}}</p>")
            .render(Map.of("city", "A & B-->"), Map.of())
            .html();
    assertThat(html)
        .contains(
            "<!--[if mso]><v:rect href=\"https://a.example/?c=A%20%26%20B--%3E\"><p>A &amp; B--&gt;</p></v:rect><![endif]-->")
        .contains("<p>A &amp; B--&gt;</p>");
  }

  @Test
  void textForOutlookOnlyIsNotInTheTextAlternative() {
    String text =
        Templates.body(
                "<!--[if mso]><p>{{#profile.is_vip}}Outlook {{profile.city}}{{/profile.is_vip}}</p><![endif]--><p>all {{profile.first_name}}</p>")
            .render(Map.of("city", "Rome", "first_name", "Ada", "is_vip", true), Map.of())
            .text();
    assertThat(text).startsWith("all Ada\n").doesNotContain("Outlook");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "display: none",
        "visibility:hidden",
        "max-height:0;overflow:hidden",
        "opacity:0",
        "mso-hide:all",
        "max-height: 0px !important"
      })
  void aHiddenPreheaderIsNotInTheTextPart(String style) {
    String text =
        Templates.body("<div style=\"" + style + "\">Preheader</div><p>Hello</p>")
            .render(Map.of(), Map.of())
            .text();
    assertThat(text).startsWith("Hello");
  }

  @Test
  void lineBreaksAreShownAndTheRestIsEscaped() {
    RenderedMail mail =
        Templates.body("<p>{{ profile.city | newline_to_br }}</p>")
            .engine(TemplateEngine.Liquid)
            .render(Map.of("city", "a<b>\nc"), Map.of());
    assertThat(mail.html()).contains("<p>a&lt;b&gt;<br />\nc</p>");
    assertThat(mail.text()).startsWith("a<b>\nc\n");
  }

  @Test
  void aSectionCannotBeginForOutlookAndEndForAll() {
    assertThat(
            Templates.findings(
                Templates.body(
                        "<!--[if mso]>{{#profile.is_vip}}<![endif]--><p>x</p>{{/profile.is_vip}}")
                    .compile()))
        .anyMatch(
            finding -> finding.contains("begins in one place of the HTML and ends in another"));
  }

  @Test
  void thePreheaderIsNotPutIntoABodyOnlyOutlookReads() {
    String html =
        Templates.body(
                "<html><!--[if mso]><body class=\"mso\"><![endif]--><!--[if !mso]><!--><body><!--<![endif]--><p>x</p>")
            .preheader("Read this")
            .render(Map.of(), Map.of())
            .html();
    assertThat(html.indexOf("Read this")).isGreaterThan(html.indexOf("<body>"));
  }
}
