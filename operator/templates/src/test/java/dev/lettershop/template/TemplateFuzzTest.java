package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.template.value.RenderException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random templates for random recipients, in every language: whatever is written, compiling ends
 * with findings or with a template that stays within its bounds and lets nothing unescaped through.
 */
class TemplateFuzzTest {
  private static final String NASTY = "<pii>&'\"\r\n{{city}}{{{ {% if %}";
  private static final int MAX_OUTPUT = 20_000;
  private static final int CASES = 1_000;
  private static final int SOAK_CASES = 100_000;

  static final List<String> MUSTACHE =
      List.of(
          "{{profile.email}}",
          "{{{profile.email}}}",
          "{{&profile.city}}",
          "{{content.cta}}",
          "{{{content.cta}}}",
          "{{.}}",
          "{{#profile.interests}}",
          "{{/profile.interests}}",
          "{{#profile.is_vip}}",
          "{{^profile.is_vip}}",
          "{{/profile.is_vip}}",
          "{{#profile}}",
          "{{city}}",
          "{{/profile}}",
          "{{#date}}{{profile.last_active_at}}{{/date}}",
          "{{#money.EUR}}{{profile.lifetime_value}}{{/money.EUR}}",
          "{{#events.product_viewed}}",
          "{{product}}",
          "{{/events.product_viewed}}",
          "{{!x}}",
          "{{! {{ }}",
          "{{>p}}",
          "{{=| |=}}",
          "{",
          "}",
          "{{",
          "}}",
          "{{{",
          "&#123;",
          "&#123;&#123;profile.email}}");

  static final List<String> HANDLEBARS =
      List.of(
          "{{profile.email}}",
          "{{{profile.email}}}",
          "{{{content.cta}}}",
          "{{this}}",
          "{{#each profile.interests}}",
          "{{#each profile.interests as |x i|}}",
          "{{x}}{{i}}",
          "{{else}}",
          "{{else if profile.is_vip}}",
          "{{/each}}",
          "{{#if (gt profile.lifetime_value 3)}}",
          "{{#unless profile.city}}",
          "{{/if}}",
          "{{/unless}}",
          "{{#with profile}}",
          "{{city}}",
          "{{../profile.city}}",
          "{{/with}}",
          "{{#each events.product_viewed}}",
          "{{product}}{{@index}}",
          "{{upper (concat profile.city \"<b>\")}}",
          "{{truncate profile.city 3}}",
          "{{date profile.last_active_at \"%Y<%\"}}",
          "{{~ profile.city ~}}",
          "\\{{profile.city}}",
          "{{!-- }} --}}",
          "{{{{",
          "{{",
          "}}",
          "{",
          "\\",
          "{{lookup profile.interests 0}}",
          "{{> p}}",
          "{{#profile.is_vip}}",
          "{{/profile.is_vip}}");

  static final List<String> LIQUID =
      List.of(
          "{{ profile.email }}",
          "{{ profile.email | raw }}",
          "{{ content.cta | raw }}",
          "{% for x in profile.interests %}",
          "{% for x in (1..99999) %}",
          "{% for e in events.product_viewed limit:2 %}",
          "{{ x }}{{ e.product }}",
          "{% endfor %}",
          "{% else %}",
          "{% elsif profile.is_vip %}",
          "{% if profile.lifetime_value > 3 or profile.city == \"x\" %}",
          "{% unless profile.city %}",
          "{% endif %}",
          "{% endunless %}",
          "{% case profile.city %}",
          "{% when \"x\", nil %}",
          "{% endcase %}",
          "{% assign s = profile.city | append: \"<b>\" %}",
          "{% assign s = s | append: s %}",
          "{{ s | upcase | split: \"I\" | join: \"<\" }}",
          "{{ profile.last_active_at | date: \"%Y<%\" }}",
          "{{ profile.lifetime_value | divided_by: 0 | round: 400 }}",
          "{% raw %}{{ x }}<{% endraw %}",
          "{% comment %}",
          "{% endcomment %}",
          "{%- break -%}",
          "{% continue %}",
          "{% cycle \"a\", \"b\" %}",
          "{{ profile.interests | sort | reverse | slice: 1, 999 }}",
          "{{",
          "{%",
          "%}",
          "}}",
          "{",
          "{% include \"p\" %}");

  static final List<String> HTML =
      List.of(
          "<p>",
          "</p>",
          "<table><tr><td>",
          "</td></tr></table>",
          "<ul><li>",
          "</li></ul>",
          "<a href=\"https://x.example/?",
          "<img alt='",
          "'",
          "\"",
          ">",
          "<",
          "<!--",
          "-->",
          "<style>",
          "</style>",
          "<body>",
          "<title>",
          "</title>",
          "\n",
          " ",
          "\uE0001\uE001",
          "text");

  @ParameterizedTest
  @EnumSource(TemplateEngine.class)
  void noTemplateBreaksTheCompilerOrEscapesItsBounds(TemplateEngine engine) {
    fuzz(engine, CASES);
  }

  @Tag("soak")
  @ParameterizedTest
  @EnumSource(TemplateEngine.class)
  void noneOfAHundredThousandTemplatesDoes(TemplateEngine engine) {
    fuzz(engine, SOAK_CASES);
  }

  private static void fuzz(TemplateEngine engine, int cases) {
    Random random = new Random(engine.ordinal() + 1);
    int compiled = 0;
    for (int i = 0; i < cases; i++) {
      String html = pieces(engine, random);
      String subject = pieces(engine, random);
      TemplateResult result =
          Assertions.assertTimeoutPreemptively(
              Duration.ofMinutes(1), () -> compile(engine, html, subject), html);
      if (result.succeeded()) {
        compiled++;
        Profile profile = profile(random);
        Assertions.assertTimeoutPreemptively(
            Duration.ofMinutes(1), () -> check(result.template(), profile, html), html);
      }
    }
    assertThat(compiled).as("templates that compiled").isGreaterThan(cases / 80);
  }

  private static TemplateResult compile(TemplateEngine engine, String html, String subject) {
    TemplateResult[] result = new TemplateResult[1];
    assertThatCode(
            () ->
                result[0] =
                    Templates.html(html)
                        .engine(engine)
                        .subject(subject.isBlank() ? "s" : subject)
                        .preheader("{{profile.email}} <")
                        .slot("cta", SlotType.Html, null)
                        .compile())
        .as("compiling %s", html)
        .doesNotThrowAnyException();
    return result[0];
  }

  private static void check(CompiledTemplate template, Profile profile, String html) {
    RenderedMail mail;
    try {
      mail =
          new TemplateRenderer(template, MAX_OUTPUT)
              .render(
                  RenderContext.of(
                      profile, Map.of("cta", "content"), "c", Templates.NOW, Map.of()));
    } catch (RenderException e) {
      assertThat(e.reason()).as("of %s", html).isNotEqualTo(RenderException.Reason.EngineFailure);
      return;
    }
    assertThat(mail.html().length()).isLessThanOrEqualTo(MAX_OUTPUT);
    assertThat(mail.html()).as("HTML of %s", html).doesNotContain("<pii", "<PII");
    assertThat(mail.subject()).as("subject of %s", html).doesNotContain("\r", "\n");
    assertThat(mail.text()).doesNotContain("\r");
  }

  /** Some attributes, some missing, some out of the ordinary. */
  private static Profile profile(Random random) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("email", NASTY);
    attributes.put("is_vip", random.nextBoolean());
    if (random.nextBoolean()) {
      attributes.put("city", random.nextBoolean() ? NASTY : "");
    }
    if (random.nextBoolean()) {
      attributes.put("interests", java.util.Collections.nCopies(random.nextInt(40), NASTY));
    }
    if (random.nextBoolean()) {
      attributes.put("lifetime_value", random.nextGaussian() * 1e6);
      attributes.put("last_active_at", Templates.NOW);
    }
    attributes.put("locale", random.nextBoolean() ? "de_AT" : NASTY);
    attributes.put("time_zone", random.nextBoolean() ? "Asia/Tokyo" : NASTY);
    return new Profile(
        attributes, List.of(new Event("product_viewed", Templates.NOW, Map.of("product", NASTY))));
  }

  private static String pieces(TemplateEngine engine, Random random) {
    List<String> tags =
        switch (engine) {
          case Mustache -> MUSTACHE;
          case Handlebars -> HANDLEBARS;
          case Liquid -> LIQUID;
        };
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      List<String> from = random.nextBoolean() ? tags : HTML;
      text.append(from.get(random.nextInt(from.size())));
    }
    return text.toString();
  }
}
