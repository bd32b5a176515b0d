package dev.lettershop.template;

import static dev.lettershop.template.Templates.body;
import static dev.lettershop.template.Templates.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.api.v1alpha1.template.TemplateTranslation;
import dev.lettershop.profile.Profile;
import dev.lettershop.template.link.RecordedLinks;
import dev.lettershop.template.link.TemplateLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedLinksTest {
  private static final Map<String, Object> ADA =
      Map.of("first_name", "Ada & Bea", "city", "São Paulo/Rio", "is_vip", true);

  /** Shows what it is asked for in the address. */
  private static final RecordedLinks LINKS =
      new RecordedLinks() {
        @Override
        public String click(int link, List<String> content, List<String> values) {
          return "["
              + link
              + (content.isEmpty() ? "" : " " + String.join("|", content))
              + (values.isEmpty() ? "" : " " + values)
              + "]";
        }

        @Override
        public String open() {
          return "https://links.example/o/1";
        }
      };

  private static CompiledTemplate compiled(Templates template) {
    TemplateResult result = template.compileRecording();
    assertThat(result.template()).as(findings(result).toString()).isNotNull();
    return result.template();
  }

  private static RenderedMail mail(CompiledTemplate template, RecordedLinks links) {
    return mail(template, links, Map.of());
  }

  private static RenderedMail mail(
      CompiledTemplate template, RecordedLinks links, Map<String, String> content) {
    Map<String, String> filled = new LinkedHashMap<>(template.slots());
    filled.putAll(content);
    return new TemplateRenderer(template)
        .render(
            new RenderContext(
                new Profile(ADA, List.of()),
                filled,
                "sale",
                Templates.NOW,
                Map.of("unsubscribe", Templates.UNSUBSCRIBE_URL),
                List.of(),
                links));
  }

  private static List<String> errors(String html) {
    return findings(body(html).compileRecording()).stream()
        .filter(finding -> finding.startsWith("error"))
        .toList();
  }

  @Test
  void addressesArePutTogetherFromWhatTheAuthorWrote() {
    CompiledTemplate template =
        compiled(body("<a href=\"https://shop.example/sale?a=1&amp;b=ü\">Sale</a>"));

    assertThat(template.links())
        .containsExactly(new TemplateLink(List.of("https://shop.example/sale?a=1&b=%C3%BC"), null));
    assertThat(mail(template, LINKS).html()).contains("<a href=\"[0]\"").contains(">Sale</a>");
    assertThat(mail(template, LINKS).text()).contains("Sale ([0])");
  }

  @Test
  void withoutRecorderTheMailIsAsItWouldBeWithoutRecording() {
    Templates written =
        body(
            "<a href=\"https://shop.example/{{profile.city}}?n={{profile.first_name}}\">A</a>"
                + "<a href=\"https://shop.example/b\">https://shop.example/b</a>"
                + "<a href=\"https://shop.example/c\">shop.example/c</a>");

    assertThat(mail(compiled(written), null)).isEqualTo(written.render(ADA, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mustache", "Handlebars", "Liquid"})
  void valuesOfPeopleGoBetweenThePieces(TemplateEngine engine) {
    CompiledTemplate template =
        compiled(
            body("<a href=\"https://shop.example/{{profile.city}}?n={{profile.first_name}}&amp;x=1\">A</a>")
                .engine(engine));

    assertThat(template.links())
        .containsExactly(new TemplateLink(List.of("https://shop.example/", "?n=", "&x=1"), null));
    assertThat(mail(template, LINKS).html())
        .contains("<a href=\"[0 [S%C3%A3o%20Paulo%2FRio, Ada%20%26%20Bea]]\"");
    assertThat(mail(template, LINKS).text()).contains("A ([0 [S%C3%A3o%20Paulo%2FRio, Ada");
  }

  @Test
  void aSectionInsideAnAddressIsOneValue() {
    CompiledTemplate template =
        compiled(
            body(
                "<a href=\"https://shop.example/{{#profile.is_vip}}vip/{{profile.city}}{{/profile.is_vip}}?x\">A</a>"));

    assertThat(template.links().get(0).address()).containsExactly("https://shop.example/", "?x");
    assertThat(mail(template, LINKS).html()).contains("[0 [vip/S%C3%A3o%20Paulo%2FRio]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{#if profile.is_vip}}https://a.example/{{else}}https://b.example/{{/if}}",
        "{% if profile.is_vip %}https://a.example/{% else %}https://b.example/{% endif %}",
        "{{#profile.is_vip}}https://a.example/{{/profile.is_vip}}{{^profile.is_vip}}https://b.example/{{/profile.is_vip}}"
      })
  void anAddressThatIsOneOfSeveralIsSeveralLinks(String address) {
    TemplateEngine engine =
        address.contains("{%")
            ? TemplateEngine.Liquid
            : address.contains("#if") ? TemplateEngine.Handlebars : TemplateEngine.Mustache;
    CompiledTemplate template = compiled(body("<a href=\"" + address + "\">A</a>").engine(engine));

    assertThat(template.links())
        .extracting(link -> link.address().get(0))
        .containsExactly("https://a.example/", "https://b.example/");
    assertThat(mail(template, LINKS).html()).contains("<a href=\"[0]\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mustache", "Handlebars", "Liquid"})
  void anAddressMayBeginWithASlot(TemplateEngine engine) {
    CompiledTemplate template =
        compiled(
            body("<a href=\"{{content.cta}}?n={{profile.first_name}}\">A</a>")
                .slot("cta", SlotType.Url, "https://shop.example/a?b=1&c=2")
                .engine(engine)
                .text("A: {{content.cta}}. {{links.unsubscribe}}"));

    assertThat(template.links())
        .containsExactly(
            new TemplateLink(List.of("", "?n=", ""), List.of("cta", "")),
            new TemplateLink(List.of("", ""), List.of("cta")));
    assertThat(mail(template, LINKS).html())
        .contains("[0 https://shop.example/a?b=1&c=2 [Ada%20%26%20Bea]]");
    assertThat(mail(template, LINKS).text()).contains("A: [1 https://shop.example/a?b=1&c=2].");
    assertThat(template.links().get(0).with(List.of("https://shop.example/a")))
        .contains(List.of("https://shop.example/a?n=", ""));
    assertThat(template.links().get(1).with(List.of("mailto:a@shop.example"))).isEmpty();
  }

  @Test
  void aSlotCannotLeaveTheHostToAValue() {
    TemplateLink link = new TemplateLink(List.of("", "", "/x"), List.of("cta", ""));

    assertThat(link.with(List.of("https://shop.example"))).isEmpty();
    assertThat(link.with(List.of("https://shop.example/"))).isPresent();
    assertThat(link.with(List.of("https://"))).isEmpty();
  }

  @Test
  void textOfSlotsIsPartOfTheAddressAndNotOfTheRecipient() {
    CompiledTemplate template =
        compiled(
            body("<a href=\"https://shop.example/{{content.page}}?n={{profile.first_name}}\">A</a>")
                .slot("page", "stores/new york"));

    assertThat(template.links())
        .containsExactly(
            new TemplateLink(List.of("https://shop.example/", "?n=", ""), List.of("page", "")));
    assertThat(mail(template, LINKS).html()).contains("[0 stores/new york [Ada%20%26%20Bea]]");
    assertThat(template.links().get(0).with(List.of("stores/new york")))
        .contains(List.of("https://shop.example/stores/new%20york?n=", ""));
    assertThat(mail(template, null).html())
        .contains("href=\"https://shop.example/stores/new york?n=Ada");
  }

  @Test
  void whatDoesNotLeadToAPageStaysAsItIs() {
    String html =
        "<a href=\"mailto:help@shop.example\">m</a><a href=\"tel:{{profile.city}}\">t</a>"
            + "<a href=\"#top\">f</a><a href=\"/relative\">r</a>"
            + "<a href=\"{{links.preferences}}\">p</a><a href=\"{{links.unsubscribe}}&amp;x\">u</a>"
            + "<a href=\"https://shop.example/?u={{links.unsubscribe}}\">v</a>"
            + "<img src=\"https://shop.example/a.png\" alt=\"a\" width=\"1\">";

    assertThat(compiled(body(html)).links()).isEmpty();
  }

  @Test
  void aLinkCanBeLeftOut() {
    CompiledTemplate template =
        compiled(
            body("<a href=\"https://shop.example/a?x=1&amp;y=2\" rel=\"noopener direct\">A</a>"
                    + "<a rel='direct' href='{{profile.city}}'>B</a>"
                    + "<a href=\"https://shop.example/c\">C</a>")
                .text(
                    "https://shop.example/a?x=1&y=2 https://shop.example/c {{links.unsubscribe}}"));

    assertThat(template.links())
        .containsExactly(new TemplateLink(List.of("https://shop.example/c"), null));
    assertThat(mail(template, LINKS).text())
        .startsWith("https://shop.example/a?x=1&y=2 [0] https://mail.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{profile.city}}",
        "https://{{profile.city}}/x",
        "https://{{profile.city}}.shop.example/",
        "https://shop.example{{profile.city}}",
        "https://shop.example:{{profile.orders}}/",
        "https://shop.example@{{profile.city}}/",
        "https:{{profile.city}}",
        "{{#profile.is_vip}}https://a.example/{{/profile.is_vip}}x"
      })
  void whoCouldDecideAboutTheHostIsRefused(String address) {
    assertThat(errors("<p><a href=\"" + address + "\">A</a></p>"))
        .anyMatch(
            error ->
                error.contains("spec.html 1:")
                    && error.contains("a click on this link cannot be recorded")
                    && error.contains("rel=\"direct\""));
    assertThat(errors("<a rel=\"direct\" href=\"" + address + "\">A</a>")).isEmpty();
  }

  @Test
  void addressesInTextAreFoundWithoutTheSentenceAroundThem() {
    CompiledTemplate template =
        compiled(
            body("<p>x</p>")
                .text(
                    "See https://shop.example/a, (https://shop.example/b/{{profile.city}})."
                        + " <https://shop.example/c>\nHTTPS://Shop.Example/d?x=1!"
                        + " https://{{profile.city}}/ nohttps://shop.example/e"
                        + " {{#profile.is_vip}}https://shop.example/f{{/profile.is_vip}}"
                        + " {{links.unsubscribe}}"));

    assertThat(template.links())
        .extracting(TemplateLink::address)
        .containsExactly(
            List.of("https://shop.example/a"),
            List.of("https://shop.example/b/", ""),
            List.of("https://shop.example/c"),
            List.of("https://shop.example/d?x=1"),
            List.of("https://shop.example/f"));
    assertThat(mail(template, LINKS).text())
        .startsWith(
            "See [0], ([1 [São Paulo/Rio]]). <[2]>\n[3]! https://S"
                .replace("São Paulo/Rio", "S%C3%A3o%20Paulo/Rio"));
  }

  @Test
  void theSameAddressInTheTextIsTheSameLink() {
    CompiledTemplate template =
        compiled(
            body("<a href=\"https://shop.example/a\">1</a><a href=\"https://shop.example/a\">2</a>")
                .text("https://shop.example/a {{links.unsubscribe}}"));

    assertThat(template.links()).as("each place in HTML counts by itself").hasSize(2);
    assertThat(mail(template, LINKS).text()).startsWith("[0] ");
  }

  @Test
  void hostsAreWrittenInAscii() {
    assertThat(compiled(body("<a href=\"https://Bücher.example/ü x\">A</a>")).links())
        .containsExactly(
            new TemplateLink(List.of("https://xn--bcher-kva.example/%C3%BC%20x"), null));
  }

  @Test
  void shapesThatOutlookDrawsAreLinksToo() {
    CompiledTemplate template =
        compiled(
            body(
                "<!--[if mso]><v:roundrect href=\"https://shop.example/a\"></v:roundrect><![endif]-->"
                    + "<a href=\"https://shop.example/a\">A</a>"));

    assertThat(template.links()).hasSize(2);
    assertThat(mail(template, LINKS).html()).contains("href=\"[0]\"", "href=\"[1]\"");
  }

  @Test
  void theImageStandsAtTheEndOfTheBodyAndOnlyThere() {
    CompiledTemplate template =
        compiled(
            Templates.html(
                "<html lang=\"en\"><body><p>x</p>" + Templates.UNSUBSCRIBE + "</body></html>"));

    assertThat(mail(template, LINKS).html())
        .contains("<img src=\"https://links.example/o/1\" width=\"1\" height=\"1\" alt=\"\"")
        .containsPattern("border:0\">\\s*</body>");
    assertThat(mail(template, null).html()).doesNotContain("<img").doesNotContain("\u0005");
    assertThat(mail(template, LINKS).text()).doesNotContain("links.example");
  }

  @Test
  void languagesThatShareABodyShareItsLinks() {
    CompiledTemplate template =
        compiled(
            body("<a href=\"https://shop.example/a\">A</a>")
                .translation(
                    new TemplateTranslation("de", "Neues", null, null, null, null, null, null))
                .translation(
                    new TemplateTranslation(
                        "fr",
                        null,
                        null,
                        "<a href=\"https://shop.example/fr\">A</a>" + Templates.UNSUBSCRIBE,
                        null,
                        null,
                        null,
                        null)));

    assertThat(template.links())
        .extracting(link -> link.address().get(0))
        .containsExactly("https://shop.example/a", "https://shop.example/fr");
  }

  @Test
  void whatPeopleAreCalledCannotLookLikeAMark() {
    CompiledTemplate template =
        compiled(
            body("<p>{{profile.first_name}}</p><a href=\"https://shop.example/a\">A</a>")
                .text("{{profile.first_name}} https://shop.example/a {{links.unsubscribe}}"));
    RenderContext context =
        new RenderContext(
            new Profile(
                Map.of("first_name", "\u0001999\u0002x\u0004 \u0001\u0002 \u0005 \u00017"),
                List.of()),
            Map.of(),
            "sale",
            Templates.NOW,
            Map.of("unsubscribe", Templates.UNSUBSCRIBE_URL),
            List.of(),
            new RecordedLinks() {
              @Override
              public String click(int link, List<String> content, List<String> values) {
                return link == 0 ? "[0]" : null;
              }

              @Override
              public String open() {
                return null;
              }
            });

    RenderedMail mail = new TemplateRenderer(template).render(context);

    assertThat(mail.html()).contains("<p>999x   7</p>").contains("href=\"[0]\"");
    assertThat(mail.text()).startsWith("x  ").contains("[0]");
    assertThat(mail.html() + mail.text()).doesNotContainPattern("[\\x01-\\x05]");
  }

  private static Templates withBox(TemplateEngine engine) {
    String raw = engine == TemplateEngine.Liquid ? "{{ content.box | raw }}" : "{{{content.box}}}";
    return body("<a href=\"https://shop.example/a\">A</a><div>" + raw + "</div>")
        .engine(engine)
        .slot("box", SlotType.Html, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mustache", "Handlebars", "Liquid"})
  void linksInHtmlThatACampaignPutsIntoASlotAreRecorded(TemplateEngine engine) {
    CompiledTemplate template = compiled(withBox(engine));
    Map<String, String> content =
        Map.of(
            "box",
            "<p>See <a class=x href=' https://shop.example/b?c=1&amp;d=2 '>B</a>,"
                + " <a href=https://shop.example/c>C</a>,"
                + " <a rel=\"direct\" href=\"https://shop.example/d\">D</a>,"
                + " <a href=\"mailto:hello@shop.example\">E</a>,"
                + " <a href=\"/f\">F</a></p>");

    RenderedMail recorded = mail(template, LINKS, content);

    assertThat(template.links()).hasSize(2);
    assertThat(recorded.html())
        .contains("href=\"[0]\"")
        .contains("href=' [1 https://shop.example/b?c=1&d=2] '")
        .contains("href=[1 https://shop.example/c]")
        .contains("href=\"https://shop.example/d\"", "href=\"mailto:hello@shop.example\"")
        .contains("href=\"/f\"");
    assertThat(recorded.text())
        .contains("B ([1 https://shop.example/b?c=1&d=2])", "D (https://shop.example/d)");
    assertThat(mail(template, null, content))
        .isEqualTo(mail(withBox(engine).compile().template(), null, content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{content.box}}",
        "{{{content.box}}} {{content.box}}",
        "{{{truncate content.box 200}}}",
      })
  void htmlThatIsNotShownAsItIsStaysAsItIs(String shown) {
    Templates written =
        body("<p>" + shown + "</p>")
            .engine(TemplateEngine.Handlebars)
            .slot("box", SlotType.Html, "<a href=\"https://shop.example/b\">B</a>");

    assertThat(compiled(written).links()).isEmpty();
    assertThat(mail(compiled(written), LINKS).text())
        .isEqualTo(mail(written.compile().template(), null).text());
  }
}
