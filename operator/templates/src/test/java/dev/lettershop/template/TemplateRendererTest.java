package dev.lettershop.template;

import static dev.lettershop.template.Templates.UNSUBSCRIBE;
import static dev.lettershop.template.Templates.body;
import static dev.lettershop.template.Templates.html;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.template.text.PlainText;
import dev.lettershop.template.value.RenderException;
import dev.lettershop.template.value.RenderException.Reason;
import dev.lettershop.template.value.ValueText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateRendererTest {
  private static final String NASTY = "<b>\"A\" & 'B'</b>";

  @Test
  void escapesInHtmlButNotInSubjectAndText() {
    // when
    RenderedMail mail =
        html("<p title=\"{{profile.email}}\">{{content.cta}}</p>")
            .subject("{{profile.email}}")
            .text("{{profile.email}} {{{profile.email}}} {{&content.cta}}")
            .slot("cta", null)
            .render(Map.of("email", NASTY), Map.of("cta", NASTY));

    // then
    String escaped = "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;";
    assertThat(mail.html()).isEqualTo("<p title=\"" + escaped + "\">" + escaped + "</p>");
    assertThat(mail.subject()).isEqualTo(NASTY);
    assertThat(mail.text()).isEqualTo(NASTY + " " + NASTY + " " + NASTY + "\n");
  }

  @Test
  void encodesDataAboutPeopleInsideAnAddress() {
    // when
    RenderedMail mail =
        body("<a href=\"https://shop.example/?c={{profile.city}}&amp;n={{campaign.name}}"
                + "&amp;d={{profile.first_name}}#{{content.cta}}\">go</a>"
                + "{{#profile.interests}}<img src='https://shop.example/{{.}}' alt='{{.}}'>"
                + "{{/profile.interests}}")
            .slot("cta", null)
            .defaultFor("first_name", "a b")
            .render(
                Map.of("city", "São P/\"&x=1", "interests", List.of("a/b")),
                Map.of("cta", "top&go"));

    // then
    String address = "https://shop.example/?c=S%C3%A3o%20P%2F%22%26x%3D1";
    assertThat(mail.html())
        .startsWith(
            "<a href=\""
                + address
                + "&amp;n=spring-sale&amp;d=a%20b#top&amp;go\">go</a>"
                + "<img src='https://shop.example/a%2Fb' alt='a/b'>");
    assertThat(mail.text()).contains("go (" + address + "&n=spring-sale&d=a%20b#top&go)");
  }

  @Test
  void contentIsPlainTextAndNeverATemplate() {
    // when
    RenderedMail mail =
        body("{{content.cta}}")
            .subject("{{content.cta}}")
            .slot("cta", null)
            .render(
                Map.of("email", "ada@mail.example"),
                Map.of("cta", "{{profile.email}} {{{profile.email}}}"));

    // then
    assertThat(mail.subject()).isEqualTo("{{profile.email}} {{{profile.email}}}");
    assertThat(mail.html() + mail.text()).doesNotContain("ada@mail.example");
  }

  @Test
  void putsContentMarkedAsHtmlInUnescaped() {
    assertThat(
            body("{{{content.cta}}}")
                .slot("cta", null)
                .render(Map.of(), Map.of("cta", "<b>x</b>"))
                .html())
        .isEqualTo("<b>x</b>" + UNSUBSCRIBE.replace("{{links.unsubscribe}}", escapedUrl()));
  }

  private static String escapedUrl() {
    return Templates.UNSUBSCRIBE_URL.replace("&", "&amp;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada\r\nBcc: eve@evil.example",
        "Ada\nBcc: eve@evil.example",
        "Ada\rBcc: eve@evil.example",
        "Ada\u0085Bcc: eve@evil.example",
        "Ada\u2028Bcc: eve@evil.example",
        "Ada\u0000Bcc: eve@evil.example"
      })
  void aSubjectIsAlwaysOneLine(String name) {
    // when
    String subject =
        body("x")
            .subject(" {{profile.first_name}}\n")
            .render(Map.of("first_name", name), Map.of())
            .subject();

    // then
    assertThat(subject).matches("Ada {1,2}Bcc: eve@evil.example");
  }

  @Test
  void aSubjectLongerThanAHeaderLineFailsThisRecipientWithoutQuotingIt() {
    // given
    Templates template = body("x").subject("{{profile.first_name}}");
    Map<String, Object> profile = Map.of("first_name", "Ada".repeat(400));

    // then
    assertThatThrownBy(() -> template.render(profile, Map.of()))
        .isInstanceOfSatisfying(
            RenderException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SubjectTooLong))
        .hasMessageNotContaining("Ada");
  }

  @Test
  void usesDefaultsForMissingAndBlankValuesButNotInSections() {
    // given
    CompiledTemplate template =
        body("[{{profile.first_name}}|{{#profile.first_name}}yes{{/profile.first_name}}"
                + "{{^profile.first_name}}no{{/profile.first_name}}]")
            .defaultFor("first_name", "you & me")
            .compile()
            .template();

    // then
    assertThat(Templates.render(template, Map.of(), Map.of()).html())
        .startsWith("[you &amp; me|no]");
    assertThat(Templates.render(template, Map.of("first_name", " "), Map.of()).html())
        .startsWith("[you &amp; me|yes]");
    assertThat(Templates.render(template, Map.of("first_name", "Ada"), Map.of()).html())
        .startsWith("[Ada|yes]");
  }

  @ParameterizedTest
  @CsvSource({
    "5000.0, 5000",
    "12.5, 12.5",
    "0.30000000000000004, 0.3",
    "1.0E21, 1000000000000000000000",
    "1.0E-7, 0.0000001",
    "-0.0, 0",
    "NaN, ''",
    "123456789.12, 123456789.12"
  })
  void showsNumbersPlainly(double value, String expected) {
    assertThat(ValueText.of(value)).isEqualTo(expected);
  }

  @Test
  void showsEveryTypeOfValue() {
    // given
    Map<String, Object> profile =
        Map.of(
            "is_vip",
            true,
            "orders",
            3L,
            "last_active_at",
            Instant.parse("2027-03-01T23:30:00Z"),
            "interests",
            List.of("shoes", "hats & <caps>"));

    // when
    String html =
        body("{{profile.is_vip}} {{profile.orders}} {{profile.last_active_at}}"
                + " {{profile.interests}} {{#profile.interests}}[{{.}}]{{/profile.interests}}")
            .render(profile, Map.of())
            .html();

    // then
    assertThat(html)
        .startsWith(
            "true 3 2027-03-01 shoes, hats &amp; &lt;caps&gt; [shoes][hats &amp; &lt;caps&gt;]");
  }

  @Test
  void insideAGroupRelativeNamesAndTheirDefaultsWork() {
    assertThat(
            body("{{#profile}}{{city}} {{first_name}}{{/profile}}")
                .defaultFor("first_name", "you")
                .render(Map.of("city", "Oslo"), Map.of())
                .html())
        .startsWith("Oslo you");
  }

  /** Public, so that reflection could reach it if there were any. */
  public static final class Bean {
    public String secret = "s3cret";

    public String getSecret() {
      return secret;
    }

    @Override
    public String toString() {
      return secret;
    }
  }

  @Test
  void seesNoMembersOfBeansAndNotTheirText() {
    // given
    CompiledTemplate template =
        CompiledTemplate.mustache(
            "{{profile.bean}}",
            "{{profile.bean.secret}}{{profile.bean.getSecret}}{{profile.bean.class.name}}"
                + "{{#profile.bean}}{{secret}}{{getSecret}}{{/profile.bean}}{{profile.bean}}"
                + "{{#profile.beans}}{{.}}{{secret}}{{/profile.beans}}{{profile.beans}}"
                + "{{profile.email.length}}{{profile.email.bytes}}{{profile.class}}"
                + "{{profile.size}}{{profile.isEmpty}}",
            "");
    Map<String, Object> profile =
        Map.of("bean", new Bean(), "beans", List.of(new Bean()), "email", "ada@mail.example");

    // when
    RenderedMail mail = Templates.render(template, profile, Map.of());

    // then
    assertThat(mail.html()).isEmpty();
    assertThat(mail.subject()).isEmpty();
  }

  @Test
  void callsNoFunctionInTheContext() {
    // given
    AtomicInteger calls = new AtomicInteger();
    Function<String, String> function = text -> "called " + calls.incrementAndGet();
    Callable<String> callable = () -> "called " + calls.incrementAndGet();
    CompiledTemplate template =
        CompiledTemplate.mustache(
            "{{profile.f}}{{profile.c}}",
            "{{#profile}}{{f}}{{c}}{{#f}}x{{/f}}{{#c}}x{{/c}}{{#fs}}{{.}}{{/fs}}{{fs}}{{/profile}}",
            "");

    // when
    RenderedMail mail =
        Templates.render(
            template,
            Map.of("f", function, "c", callable, "fs", List.of(function, callable)),
            Map.of());

    // then
    assertThat(calls).hasValue(0);
    assertThat(mail.html()).isEqualTo(", ");
  }

  @Test
  void nullItemsAreEmptyAndDoNotShowTheScopeAround() {
    // given
    CompiledTemplate template =
        CompiledTemplate.mustache("", "{{#profile.list}}[{{.}}]{{/profile.list}}", "");
    Map<String, Object> profile = Map.of("list", Arrays.asList("a", null));

    // then
    assertThat(Templates.render(template, profile, Map.of()).html()).isEqualTo("[a][]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{>pom.xml}}",
        "{{>*name}}",
        "{{<a}}{{/a}}",
        "{{$a}}{{/a}}",
        "{{=<% %>=}}",
        "{{%x}}",
        "{{*profile}}",
        "{{#a}}"
      })
  void refusesAPlanWhoseTemplateReachesOutside(String source) {
    CompiledTemplate template = CompiledTemplate.mustache("", source, "");

    assertThatThrownBy(() -> new TemplateRenderer(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The HTML of this template was not made by the template compiler");
  }

  @Test
  void stopsAtTheBoundOfOutputWithoutQuotingTheRecipient() {
    // given
    CompiledTemplate template =
        body("{{#profile.interests}}{{profile.first_name}}{{/profile.interests}}")
            .text("{{links.unsubscribe}}")
            .compile()
            .template();
    Map<String, Object> profile =
        Map.of("first_name", "Ada", "interests", Collections.nCopies(1000, "x"));
    RenderContext context =
        RenderContext.of(
            new dev.lettershop.profile.Profile(profile, List.of()),
            Map.of(),
            "c",
            Templates.NOW,
            Map.of("unsubscribe", "u"));

    // then
    assertThatThrownBy(() -> new TemplateRenderer(template, 2999).render(context))
        .isInstanceOfSatisfying(
            RenderException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.OutputTooLarge);
              assertThat(e).hasMessage("The HTML is longer than 2999 characters").hasNoCause();
            });
    assertThat(new TemplateRenderer(template, 4000).render(context).html())
        .startsWith("AdaAda")
        .endsWith("</a>");
  }

  @Test
  void stopsListsWithinListsEvenWhenTheyShowNothing() {
    // given
    String open = "{{#profile.interests}}";
    String close = "{{/profile.interests}}";
    CompiledTemplate template = body(open.repeat(20) + close.repeat(20)).compile().template();
    Map<String, Object> profile = Map.of("interests", Collections.nCopies(50, "x"));

    // then
    assertThatThrownBy(() -> Templates.render(template, profile, Map.of()))
        .isInstanceOfSatisfying(
            RenderException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TooManyRepetitions))
        .hasMessageNotContaining("x,");
  }

  @Test
  void aHiddenPreheaderBeginsTheBody() {
    // when
    RenderedMail mail =
        body("<html><body class=\"a>b\"><p>Hi</p></body></html>")
            .preheader("For {{profile.first_name}} <only> & co")
            .render(Map.of("first_name", "A&B"), Map.of());

    // then
    assertThat(mail.html())
        .matches(
            "<html><body class=\"a>b\"><div style=\"display:none;[^>]*\">"
                + "For A&amp;B &lt;only&gt; &amp; co(&#847;&zwnj;&nbsp;){60}</div><p>Hi</p>.*");
    assertThat(mail.text()).startsWith("Hi\n").doesNotContain("co");
  }

  @Test
  void withoutABodyThePreheaderComesFirst() {
    assertThat(body("<p>Hi</p>").preheader("Look").render(Map.of(), Map.of()).html())
        .matches("<div style=\"[^\"]*\">Look(&#847;&zwnj;&nbsp;){60}</div><p>Hi</p>.*");
  }

  @Test
  void rendersTheSameOnManyThreads() {
    // given
    CompiledTemplate template =
        body("{{#profile.interests}}{{.}}{{profile.id}};{{/profile.interests}}")
            .compile()
            .template();
    TemplateRenderer renderer = new TemplateRenderer(template);

    // when
    List<String> wrong =
        IntStream.range(0, 2000)
            .parallel()
            .filter(
                i -> {
                  Map<String, Object> profile =
                      Map.of("id", "p" + i, "interests", List.of("a", "b"));
                  RenderContext context =
                      RenderContext.of(
                          new dev.lettershop.profile.Profile(profile, List.of()),
                          Map.of(),
                          "c",
                          Templates.NOW,
                          Map.of());
                  String expected = "ap" + i + ";bp" + i + ";";
                  return !renderer.render(context).html().startsWith(expected);
                })
            .mapToObj(Integer::toString)
            .toList();

    // then
    assertThat(wrong).isEmpty();
  }

  @Test
  void textHasRegularLines() {
    assertThat(PlainText.normalise("\r\n a \r\n\r\n\n\nb\u0000\u0007c\rd\t\n"))
        .isEqualTo(" a\n\nbc\nd\n");
    assertThat(PlainText.normalise(" \n ")).isEmpty();
    assertThat(PlainText.normalise("a\n-- \nAcme")).isEqualTo("a\n-- \nAcme\n");
    assertThat(PlainText.normalise("a\n\n\n\nb\n\n")).isEqualTo("a\n\nb\n");
  }
}
