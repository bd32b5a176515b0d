package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.fuzz.LongInputs;
import dev.lettershop.fuzz.SmallStack;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Templates whose words are long and whose nesting is deep, at random, in each language. */
class LongTemplatesTest {
  private static final int CASES = 80;
  private static final int SOAK_CASES = 100_000;
  private static final int MOST = 20_000;

  private static final List<String> CSS =
      List.of(
          ".a",
          "#b",
          "p",
          "p>",
          "p ",
          "*",
          ":not(",
          ":first-child",
          "[a=\"b\"]",
          "::before",
          ",",
          "{",
          "}",
          "color:red",
          ";",
          "!important",
          "@media (max-width:9px){",
          "@import url(x);",
          "@font-face{",
          "url(",
          "\"",
          "/*",
          "*/",
          "\\41 ",
          "rgb(1,2,3)",
          "{{profile.city}}",
          "<!--");

  private static final List<String> MJML =
      List.of(
          "<mj-section>",
          "</mj-section>",
          "<mj-column>",
          "</mj-column>",
          "<mj-text>",
          "</mj-text>",
          "<mj-button href=\"x\">",
          "</mj-button>",
          "<mj-image src=\"x\" />",
          "<mj-raw>",
          "</mj-raw>",
          "<mj-wrapper>",
          "<mj-group>",
          "<mj-hero>",
          "<mj-table>",
          "<mj-style>p{color:red}</mj-style>",
          "<mj-attributes>",
          "css-class=\"",
          "<b>",
          "</b>",
          "&nbsp;",
          "{{profile.city}}",
          "<!--");

  /** Each with what it is made of, and how it stands in a template. */
  enum Parser {
    Mustache(TemplateFuzzTest.MUSTACHE, text -> body(text, TemplateEngine.Mustache)),
    Handlebars(TemplateFuzzTest.HANDLEBARS, text -> body(text, TemplateEngine.Handlebars)),
    Liquid(TemplateFuzzTest.LIQUID, text -> body(text, TemplateEngine.Liquid)),
    Html(
        TemplateFuzzTest.HTML,
        text -> Templates.body("{{{content.a}}}" + text).slot("a", SlotType.Html, text)),
    Css(CSS, text -> Templates.body("<style>" + text + "</style><p style='" + text + "'>x</p>")),
    Mjml(
        MJML,
        text ->
            Templates.html(null)
                .mjml(
                    "<mjml><mj-body><mj-section><mj-column>"
                        + text
                        + "</mj-column></mj-section></mj-body></mjml>"));

    private final List<String> pieces;
    private final Function<String, Templates> template;

    Parser(List<String> pieces, Function<String, Templates> template) {
      this.pieces = pieces;
      this.template = template;
    }

    private static Templates body(String text, TemplateEngine engine) {
      return Templates.body(text).subject(text).text(text).engine(engine);
    }

    /** Languages stand in HTML, and it is its places that they are read by. */
    List<String> pieces() {
      List<String> all = new ArrayList<>(pieces);
      if (this != Css && this != Mjml) {
        Stream.of("<p>", "<a href=\"", "\">", "<style>", "</style>", "<td title='", "'")
            .forEach(all::add);
      }
      return all;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverIsWrittenIsCompiledOrRefusedWithAReason(Parser parser) {
    fuzz(parser, CASES);
  }

  @Tag("soak")
  @ParameterizedTest
  @EnumSource
  void soAreAHundredThousand(Parser parser) {
    fuzz(parser, SOAK_CASES);
  }

  private static void fuzz(Parser parser, int cases) {
    LongInputs inputs = new LongInputs(parser.ordinal(), MOST, parser.pieces());
    SmallStack.run(
        () -> {
          for (int i = 0; i < cases; i++) {
            TemplateResult result = parser.template.apply(inputs.next()).compile();
            assertThat(
                    result.succeeded()
                        || result.problems().stream().anyMatch(p -> p.problem().isError()))
                .as("case " + i)
                .isTrue();
          }
        });
  }
}
