package dev.lettershop.template;

import static dev.lettershop.template.Templates.UNSUBSCRIBE;
import static dev.lettershop.template.Templates.findings;
import static dev.lettershop.template.Templates.html;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartialsTest {

  @Test
  void aPartialStandsInPlaceOfItsTagInHtmlAndInTheTextMadeFromIt() {
    // given
    Map<String, EmailTemplateSpec> others =
        Map.of(
            "footer",
            html("<hr><p>{{content.address}} " + UNSUBSCRIBE + "</p>")
                .slot("address", "Main St 1")
                .spec());

    // when
    TemplateResult result = html("<p>Hi</p>\n{{>end}}").partial("end", "footer").compile(others);

    // then
    assertThat(findings(result)).isEmpty();
    assertThat(result.template().html())
        .isEqualTo("<p>Hi</p>\n<hr><p>{{content.address}} " + UNSUBSCRIBE + "</p>");
    assertThat(result.template().text())
        .isEqualTo("Hi\n\n----------\n\n{{content.address}} Unsubscribe ({{links.unsubscribe}})");
    assertThat(result.template().slots()).containsEntry("address", "Main St 1");
    assertThat(result.usedSlots()).containsExactly("address");
  }

  @Test
  void textTakesThePartialsTextOrElseItsHtmlAsText() {
    // given
    Map<String, EmailTemplateSpec> others =
        Map.of(
            "written", html("<p>HTML</p>").text("Text {{links.unsubscribe}}").spec(),
            "made", html("<p>A <b>footer</b></p>").spec());

    // when
    TemplateResult result =
        html("{{>a}}{{>b}}" + UNSUBSCRIBE)
            .text("{{>a}}\n{{>b}}")
            .partial("a", "written")
            .partial("b", "made")
            .compile(others);

    // then
    assertThat(findings(result)).isEmpty();
    assertThat(result.template().text()).isEqualTo("Text {{links.unsubscribe}}\nA footer");
  }

  @Test
  void theOwnDefaultsWinOverThePartials() {
    // given
    Map<String, EmailTemplateSpec> others =
        Map.of(
            "greeting",
            html("{{profile.first_name}} {{profile.city}}")
                .defaultFor("first_name", "partial")
                .defaultFor("city", "Oslo")
                .spec());

    // when
    TemplateResult result =
        html("{{>greeting}}" + UNSUBSCRIBE)
            .partial("greeting", "greeting")
            .defaultFor("first_name", "own")
            .compile(others);

    // then
    assertThat(result.template().defaults()).isEqualTo(Map.of("first_name", "own", "city", "Oslo"));
  }

  @Test
  void aPartialAloneNeedsNoUnsubscribeLink() {
    // given
    Map<String, EmailTemplateSpec> all = new LinkedHashMap<>();
    all.put("footer", html("<p>Bye</p>").spec());
    all.put("mail", html("{{>f}}").partial("f", "footer").spec());

    // when
    TemplateResult footer =
        new TemplateCompiler().compile("footer", all.get("footer"), all, Templates.schema());

    // then
    assertThat(findings(footer)).isEmpty();
  }

  @Test
  void reportsPartialsThatDoNotExistCircleOrHaveErrors() {
    // given
    Map<String, EmailTemplateSpec> all = new LinkedHashMap<>();
    all.put("footer", html("\n{{profile.ctiy}} {{zzzzz}}").spec());
    all.put("a", html("{{>b}}").partial("b", "b").spec());
    all.put("b", html("{{>m}}").partial("m", "mail").spec());
    all.put(
        "mail",
        html("{{>one}}{{>two}}{{>three}}{{>tow}}" + UNSUBSCRIBE)
            .partial("one", "foter")
            .partial("two", "footer")
            .partial("three", "a")
            .partial("four", "footer")
            .spec());

    // when
    TemplateResult result =
        new TemplateCompiler().compile("mail", all.get("mail"), all, Templates.schema());

    // then
    assertThat(findings(result))
        .containsExactly(
            "error spec.partials[0].templateRef.name: EmailTemplate \"foter\" does not exist;"
                + " did you mean \"footer\"?",
            "error spec.partials[1].templateRef.name: EmailTemplate/footer has errors, the first"
                + " in spec.html 2:1: unknown attribute \"ctiy\"; did you mean \"city\"?",
            "error spec.partials[2].templateRef.name: EmailTemplate/a has errors, the first in"
                + " spec.partials[0].templateRef.name: EmailTemplate/b has errors, the first in"
                + " spec.partials[0].templateRef.name: partials go round in a circle:"
                + " mail → a → b → mail; remove one of these partials",
            "error spec.partials[3].templateRef.name: EmailTemplate/footer has errors, the first"
                + " in spec.html 2:1: unknown attribute \"ctiy\"; did you mean \"city\"?",
            "error spec.html 1:27: partial \"tow\" is not declared;"
                + " did you mean \"two\"? Else declare it in spec.partials",
            "warning spec.partials[3]: partial \"four\" is declared but not used;"
                + " write {{>four}}, or remove it");
  }

  @Test
  void partialsThatMultiplyAreStoppedBeforeTheyFillTheMemory() {
    // given
    Map<String, EmailTemplateSpec> all = new LinkedHashMap<>();
    all.put("p0", html("x".repeat(1000)).spec());
    for (int i = 1; i < 30; i++) {
      all.put("p" + i, html("{{>p}}".repeat(10)).partial("p", "p" + (i - 1)).spec());
    }

    // when
    TemplateResult result = html("{{>p}}" + UNSUBSCRIBE).partial("p", "p29").compile(all);

    // then
    assertThat(result.succeeded()).isFalse();
    assertThat(findings(result).get(0)).contains("longer than 1048576 characters");
  }

  @Test
  void bracesThatMeetAcrossAPartialAreNoTag() {
    // given
    Map<String, EmailTemplateSpec> others = Map.of("p", html("a{").text("a{").spec());

    // when
    TemplateResult result =
        html("{{>p}}{{profile.email}}" + UNSUBSCRIBE)
            .text("{{>p}}{{profile.email}} {{links.unsubscribe}}")
            .partial("p", "p")
            .compile(others);
    RenderedMail mail = Templates.render(result.template(), Map.of("email", "<x>"), Map.of());

    // then
    assertThat(mail.html()).startsWith("a&#123;&lt;x&gt;");
    assertThat(mail.text()).startsWith("a{ <x>");
  }
}
