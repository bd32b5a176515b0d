package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random templates: whatever is written, compiling ends with findings or with a safe template. */
class TemplateFuzzTest {
  private static final String NASTY = "<pii>&'\"\r\n{{city}}{{{";

  private static final List<String> PIECES =
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
          "&#123;&#123;profile.email}}",
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
  @ValueSource(longs = {1, 2, 3, 4})
  void noTemplateBreaksTheCompilerOrEscapesItsBounds(long seed) {
    Random random = new Random(seed);
    int compiled = 0;
    for (int i = 0; i < 2000; i++) {
      String html = pieces(random);
      String subject = pieces(random);
      TemplateResult result = compile(html, subject);
      if (result.succeeded()) {
        compiled++;
        check(result.template(), html);
      }
    }
    assertThat(compiled).as("templates that compiled").isGreaterThan(50);
  }

  private static TemplateResult compile(String html, String subject) {
    TemplateResult[] result = new TemplateResult[1];
    assertThatCode(
            () ->
                result[0] =
                    Templates.html(html)
                        .subject(subject.isBlank() ? "s" : subject)
                        .preheader("{{profile.email}} <")
                        .slot("cta", null)
                        .compile())
        .as("compiling %s", html)
        .doesNotThrowAnyException();
    return result[0];
  }

  private static void check(CompiledTemplate template, String html) {
    RenderedMail mail =
        Templates.render(
            template,
            Map.of("email", NASTY, "city", NASTY, "interests", List.of(NASTY), "is_vip", true),
            Map.of("cta", "content"));
    assertThat(mail.html()).as("HTML of %s", html).doesNotContain("<pii");
    assertThat(mail.html()).as("HTML of %s", html).doesNotContain("{{profile", "{{#", "{{/");
    assertThat(mail.subject()).as("subject of %s", html).doesNotContain("\r", "\n");
    assertThat(mail.text()).doesNotContain("\r");
  }

  private static String pieces(Random random) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
