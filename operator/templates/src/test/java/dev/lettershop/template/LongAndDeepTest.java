package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever an author writes, however long its words and however deep its nesting: the compiler
 * answers, with a small stack. A controller's threads have no more than 512 KB.
 */
class LongAndDeepTest {
  private static final int STACK = 512 * 1024;
  private static final String LONG = "a".repeat(20_000);

  @Test
  void aClassNameOf800CharactersIsRead() {
    String name = "x".repeat(800);
    compiled(
        List.of(
            Templates.body("<style>." + name + "{color:red}</style><p class=" + name + ">x</p>")));
  }

  @ParameterizedTest
  @EnumSource(TemplateEngine.class)
  void longWordsAndDeepNestingAreRead(TemplateEngine engine) {
    List<Templates> templates = new ArrayList<>();
    for (String html : shapes()) {
      templates.add(Templates.body(html).engine(engine));
      templates.add(Templates.body("<style>" + html + "</style>").engine(engine));
      templates.add(Templates.body("<p title=\"" + html + "\">x</p>").engine(engine));
      templates.add(
          Templates.html(null)
              .mjml(
                  "<mjml><mj-body><mj-section><mj-column><mj-text>"
                      + html
                      + "</mj-text></mj-column></mj-section></mj-body></mjml>")
              .engine(engine));
      templates.add(Templates.body("x").subject(html).text(html).engine(engine));
      templates.add(
          Templates.body("{{{content.a}}}").slot("a", SlotType.Html, html).engine(engine));
    }
    compiled(templates);
  }

  private static List<String> shapes() {
    List<String> shapes = new ArrayList<>();
    for (String word :
        new String[] {
          "." + LONG,
          "." + "é".repeat(9000),
          ".\\.".repeat(4000),
          "#" + LONG,
          "[a=\"" + LONG + "\"]"
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
      shapes.add(open.repeat(5000));
    }
    for (String inside :
        new String[] {
          LONG,
          "profile." + LONG,
          "profile" + ".a".repeat(9000),
          "profile.city" + " | upcase".repeat(3000),
          "(upper ".repeat(3000),
          "../".repeat(5000) + "a",
          "profile.city" + "[0]".repeat(3000),
          "\"" + LONG + "\"",
          "and profile.city ".repeat(3000)
        }) {
      shapes.add("{{ " + inside + " }}");
      shapes.add("{{#" + inside + "}}x{{/" + inside + "}}");
      shapes.add("{% if " + inside + " %}x{% endif %}");
    }
    return shapes;
  }

  @ParameterizedTest
  @EnumSource(TemplateEngine.class)
  void piecesAtRandomLongAndDeepAreRead(TemplateEngine engine) {
    Random random = new Random(4711);
    List<String> pieces = shapes();
    List<Templates> templates = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      StringBuilder html = new StringBuilder();
      for (int j = 0; j < 4; j++) {
        String piece = pieces.get(random.nextInt(pieces.size()));
        int from = random.nextInt(piece.length());
        html.append(piece, from, Math.min(piece.length(), from + 1 + random.nextInt(2000)));
      }
      templates.add(Templates.body(html.toString()).engine(engine));
    }
    compiled(templates);
  }

  @Test
  void partialsThatIncludeEachOtherInALongRowAreRefused() {
    Map<String, EmailTemplateSpec> all = new LinkedHashMap<>();
    for (int i = 0; i < 2000; i++) {
      all.put("p" + i, Templates.body("{{>next}}").partial("next", "p" + (i + 1)).spec());
    }
    AtomicReference<TemplateResult> result = new AtomicReference<>();
    withSmallStack(
        () ->
            result.set(
                new TemplateCompiler().compile("p0", all.get("p0"), all, Templates.schema())));
    assertThat(result.get().succeeded()).isFalse();
  }

  private static void compiled(List<Templates> templates) {
    withSmallStack(
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

  private static void withSmallStack(Runnable work) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                thrown.set(e);
              }
            },
            "small-stack",
            STACK);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    assertThat(thrown.get()).isNull();
  }
}
