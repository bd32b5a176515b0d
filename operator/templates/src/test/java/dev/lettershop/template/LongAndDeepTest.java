package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.fuzz.SmallStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever an author writes, however long its words and however deep its nesting: the compiler
 * answers, with a small stack. A controller's threads have no more than 512 KB.
 */
class LongAndDeepTest {
  private static final int SHORTER = 4;

  @Test
  void aClassNameOf800CharactersIsRead() {
    String name = "x".repeat(800);
    compiled(
        List.of(
            Templates.body("<style>." + name + "{color:red}</style><p class=" + name + ">x</p>")));
  }

  /** The languages share what reads HTML, style sheets and MJML, so one of them is enough. */
  @Test
  void longWordsAndDeepNestingAreRead() {
    List<Templates> templates = new ArrayList<>();
    for (String html : shapes(SHORTER)) {
      templates.addAll(places(html).subList(0, 4));
    }
    compiled(templates);
  }

  @ParameterizedTest
  @EnumSource(TemplateEngine.class)
  void longAndDeepTagsAreRead(TemplateEngine engine) {
    compiled(
        tags(SHORTER).stream()
            .map(html -> Templates.body(html).subject(html).text(html).engine(engine))
            .toList());
  }

  @Tag("soak")
  @ParameterizedTest
  @EnumSource(TemplateEngine.class)
  void allOfItIsReadInEveryPlaceAndLanguage(TemplateEngine engine) {
    List<Templates> templates = new ArrayList<>();
    for (String html : shapes(1)) {
      places(html).forEach(template -> templates.add(template.engine(engine)));
    }
    for (String html : tags(1)) {
      places(html).forEach(template -> templates.add(template.engine(engine)));
    }
    compiled(templates);
  }

  private static List<Templates> places(String html) {
    return List.of(
        Templates.body(html),
        Templates.body("<style>" + html + "</style>"),
        Templates.body("<p title=\"" + html + "\">x</p>"),
        Templates.html(null)
            .mjml(
                "<mjml><mj-body><mj-section><mj-column><mj-text>"
                    + html
                    + "</mj-text></mj-column></mj-section></mj-body></mjml>"),
        Templates.body("x").subject(html).text(html),
        Templates.body("{{{content.a}}}").slot("a", SlotType.Html, html));
  }

  /**
   * @param shorter how much shorter than what once overflowed a stack
   */
  private static List<String> shapes(int shorter) {
    String longWord = "a".repeat(20_000 / shorter);
    List<String> shapes = new ArrayList<>();
    for (String word :
        new String[] {
          "." + longWord,
          "." + "é".repeat(9000 / shorter),
          ".\\.".repeat(4000 / shorter),
          "#" + longWord,
          "[a=\"" + longWord + "\"]"
        }) {
      shapes.add(word + "{color:red}");
    }
    for (String open :
        new String[] {
          "(",
          "[",
          "{",
          ":not(",
          "@media x{",
          "a>",
          "a ",
          "<b>",
          "<div>",
          "<table><tr><td>",
          "<ul><li>",
          "{{#profile.is_vip}}",
          "{{#if profile.is_vip}}",
          "{% if profile.is_vip %}",
          "{{",
          "{%",
          "{{{",
          "<!--",
          "<!--[if mso]>",
          "<mj-raw>",
          "<svg><g>",
          "\"",
          "'",
          "\\",
          "/*",
          "<a href=\"",
          "\u0000"
        }) {
      shapes.add(open.repeat(5000 / shorter));
    }
    return shapes;
  }

  /** What stands between the marks of a language. */
  private static List<String> tags(int shorter) {
    String longWord = "a".repeat(20_000 / shorter);
    List<String> shapes = new ArrayList<>();
    for (String inside :
        new String[] {
          longWord,
          "profile." + longWord,
          "profile" + ".a".repeat(9000 / shorter),
          "profile.city" + " | upcase".repeat(3000 / shorter),
          "(upper ".repeat(3000 / shorter),
          "../".repeat(5000 / shorter) + "a",
          "profile.city" + "[0]".repeat(3000 / shorter),
          "\"" + longWord + "\"",
          "and profile.city ".repeat(3000 / shorter)
        }) {
      shapes.add("{{ " + inside + " }}");
      shapes.add("{{#" + inside + "}}x{{/" + inside + "}}");
      shapes.add("{% if " + inside + " %}x{% endif %}");
    }
    return shapes;
  }

  @Test
  void partialsThatIncludeEachOtherInALongRowAreRefused() {
    Map<String, EmailTemplateSpec> all = new LinkedHashMap<>();
    for (int i = 0; i < 2000; i++) {
      all.put("p" + i, Templates.body("{{>next}}").partial("next", "p" + (i + 1)).spec());
    }
    AtomicReference<TemplateResult> result = new AtomicReference<>();
    SmallStack.run(
        () ->
            result.set(
                new TemplateCompiler().compile("p0", all.get("p0"), all, Templates.schema())));
    assertThat(result.get().succeeded()).isFalse();
  }

  private static void compiled(List<Templates> templates) {
    SmallStack.run(
        () -> {
          for (Templates template : templates) {
            TemplateResult result = template.compile();
            assertThat(
                    result.succeeded()
                        || result.problems().stream().anyMatch(p -> p.problem().isError()))
                .isTrue();
          }
        });
  }
}
