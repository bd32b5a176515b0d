package dev.lettershop.template;

import static dev.lettershop.template.Templates.body;
import static dev.lettershop.template.Templates.findings;
import static dev.lettershop.template.Templates.html;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.api.v1alpha1.template.TemplateTranslation;
import dev.lettershop.template.model.Recommendation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TranslationsTest {

  private static TemplateTranslation subject(String locale, String subject) {
    return new TemplateTranslation(locale, subject, null, null, null, null, null, null);
  }

  private static TemplateTranslation html(String locale, String html) {
    return new TemplateTranslation(locale, null, null, html, null, null, null, null);
  }

  private static RenderedMail render(CompiledTemplate template, String locale) {
    return Templates.render(
        template, locale == null ? Map.of() : Map.of("locale", locale), Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "de, Hallo, deutsch",
    "de-DE, Hallo, deutsch",
    "de_AT.UTF-8, Servus, deutsch",
    "DE-at, Servus, deutsch",
    "de-AT-1996, Servus, deutsch",
    "pt-BR, Hello, own",
    "'', Hello, own",
    "no language, Hello, own",
    ", Hello, own"
  })
  void eachFieldComesFromTheNearestTranslation(String locale, String subject, String html) {
    // given
    CompiledTemplate template =
        body("own")
            .subject("Hello")
            .translation(subject("de-AT", "Servus"))
            .translation(
                new TemplateTranslation(
                    "de", "Hallo", null, "deutsch" + Templates.UNSUBSCRIBE, null, null, null, null))
            .compile()
            .template();

    // when
    RenderedMail mail = render(template, locale);

    // then
    assertThat(mail.subject()).isEqualTo(subject);
    assertThat(mail.html()).startsWith(html);
    assertThat(mail.text()).startsWith(html);
  }

  @Test
  void whatIsAsInTheOwnTextsIsNotCarriedTwice() {
    CompiledTemplate template =
        body("own").translation(subject("de", "Hallo")).compile().template();

    assertThat(template.translations().get("de").subject()).isEqualTo("Hallo");
    assertThat(template.translations().get("de").html()).isNull();
    assertThat(template.translations().get("de").text()).isNull();
  }

  @Test
  void defaultsAndSlotsAreTranslatedOneByOne() {
    // given
    CompiledTemplate template =
        body("{{profile.first_name}} {{profile.city}} {{content.cta}}")
            .defaultFor("first_name", "there")
            .defaultFor("city", "somewhere")
            .slot("cta", "Shop now")
            .translation(
                new TemplateTranslation(
                    "de",
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of("cta", "Jetzt kaufen"),
                    Map.of("first_name", "du")))
            .compile()
            .template();

    // then
    assertThat(template.translations().get("de").slots()).containsEntry("cta", "Jetzt kaufen");
    assertThat(render(template, "de").html()).startsWith("du somewhere");
    assertThat(render(template, "fr").html()).startsWith("there somewhere");
  }

  @Test
  void partialsAreInTheLanguageOfTheMail() {
    // given
    EmailTemplateSpec footer = Templates.html("Bye").translation(html("de", "Servus")).spec();

    // when
    CompiledTemplate template =
        body("Hi {{>footer}}")
            .partial("footer", "footer")
            .translation(subject("de", "Hallo"))
            .compile(Map.of("footer", footer))
            .template();

    // then
    assertThat(render(template, "de").html()).startsWith("Hi Servus");
    assertThat(render(template, "en").html()).startsWith("Hi Bye");
  }

  @Test
  void saysWhatIsWrongWithATranslationInItsField() {
    assertThat(
            findings(
                body("x")
                    .slot("count", SlotType.Number, "1")
                    .translation(html("de", "<b>{{profile.ctiy}}</b>" + Templates.UNSUBSCRIBE))
                    .translation(
                        new TemplateTranslation(
                            "de",
                            "x",
                            null,
                            null,
                            null,
                            null,
                            Map.of("count", "viel", "cout", "1"),
                            Map.of("first_nam", "du")))
                    .compile()))
        .contains(
            "error spec.translations[0].html 1:4: unknown attribute \"ctiy\";"
                + " did you mean \"city\"?",
            "error spec.translations[1].locale: there are two translations for de;"
                + " keep one of them",
            "error spec.translations[1].slots.count: \"viel\" is not a number;"
                + " write one such as 12.50",
            "error spec.translations[1].slots.cout: slot \"cout\" is not declared;"
                + " did you mean \"count\"?",
            "error spec.translations[1].defaults.first_nam: unknown attribute \"first_nam\";"
                + " did you mean \"first_name\"?");
  }

  private static String formats(TemplateEngine engine) {
    return switch (engine) {
      case Mustache ->
          "{{#date}}{{profile.last_active_at}}{{/date}}|"
              + "{{#date.short}}{{profile.last_active_at}}{{/date.short}}|"
              + "{{#date.full}}{{profile.last_active_at}}{{/date.full}}|"
              + "{{#number}}{{profile.lifetime_value}}{{/number}}|"
              + "{{#number.1}}{{profile.lifetime_value}}{{/number.1}}|"
              + "{{#money.EUR}}{{profile.lifetime_value}}{{/money.EUR}}|"
              + "{{#percent}}{{content.share}}{{/percent}}";
      case Handlebars ->
          "{{date profile.last_active_at}}|{{date profile.last_active_at \"short\"}}|"
              + "{{date profile.last_active_at \"full\"}}|{{number profile.lifetime_value}}|"
              + "{{number profile.lifetime_value 1}}|{{money profile.lifetime_value \"EUR\"}}|"
              + "{{percent content.share}}";
      case Liquid ->
          "{{ profile.last_active_at | date }}|{{ profile.last_active_at | date: \"short\" }}|"
              + "{{ profile.last_active_at | date: \"full\" }}|"
              + "{{ profile.lifetime_value | number }}|{{ profile.lifetime_value | number: 1 }}|"
              + "{{ profile.lifetime_value | money: \"EUR\" }}|{{ content.share | percent }}";
    };
  }

  @ParameterizedTest
  @EnumSource(TemplateEngine.class)
  void datesNumbersAndMoneyAreTheRecipientsInEveryLanguage(TemplateEngine engine) {
    // given
    CompiledTemplate template =
        body(formats(engine))
            .engine(engine)
            .slot("share", SlotType.Number, "0.2")
            .compile()
            .template();
    Map<String, Object> profile = new HashMap<>();
    profile.put("last_active_at", Instant.parse("2027-02-28T23:30:00Z"));
    profile.put("lifetime_value", 1234.5);

    // then
    assertThat(Templates.render(template, profile, Map.of()).html())
        .startsWith(
            "February 28, 2027|2/28/27|Sunday, February 28, 2027|1,234.5|1,234.5|€1,234.50|20%");

    profile.put("locale", "de-DE");
    profile.put("time_zone", "Europe/Berlin");
    assertThat(Templates.render(template, profile, Map.of()).html().replace('\u00A0', ' '))
        .startsWith("1. März 2027|01.03.27|Montag, 1. März 2027|1.234,5|1.234,5|1.234,50 €|20 %");
  }

  @Test
  void mailsThatAreNotTranslatedKeepTheLanguageOfTheirDates() {
    // given
    CompiledTemplate template =
        body("{{#date}}{{campaign.date}}{{/date}} ").locale("en-GB").compile().template();

    // then
    assertThat(render(template, "de").html()).startsWith("1 March 2027 ");
    assertThat(render(template, "en-US").html()).startsWith("March 1, 2027 ");
  }

  @Test
  void moneyTakesItsCurrencyFromTheItem() {
    // given
    CompiledTemplate template =
        body("{{#recommendations}}{{name}} {{#money}}{{price}} {{currency}}{{/money}};"
                + "{{/recommendations}}")
            .compile()
            .template();
    RenderContext context =
        new RenderContext(
            SampleMail.ADA,
            Map.of(),
            "c",
            Templates.NOW,
            Map.of(),
            java.util.List.of(
                new Recommendation("1", "<Tea>", null, null, null, 3.5, "GBP"),
                new Recommendation("2", "Cup", null, null, null, null, null)));

    // then
    assertThat(new TemplateRenderer(template).render(context).html())
        .startsWith("&lt;Tea&gt; £3.50;Cup ;");
  }

  @Test
  void saysWhatIsWrongWithAFormat() {
    assertThat(findings(body("{{#money.EURO}}{{profile.orders}}{{/money.EURO}}").compile()))
        .contains("error spec.html 1:1: \"EURO\" is not a currency; did you mean \"EUR\"?");
    assertThat(findings(body("{{#date.tiny}}{{campaign.date}}{{/date.tiny}}").compile()))
        .contains(
            "error spec.html 1:1: \"tiny\" is not a style of date; there are short, medium, long,"
                + " full");
    assertThat(findings(body("{{#date}}on {{campaign.date}}{{/date}}").compile()))
        .contains(
            "error spec.html 1:1: {{#date}} holds exactly one value and nothing else;"
                + " write {{#date}}{{profile.<attribute>}}{{/date}}");
  }
}
