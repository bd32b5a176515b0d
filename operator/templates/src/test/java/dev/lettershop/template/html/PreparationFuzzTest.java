package dev.lettershop.template.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever an author writes, preparing it ends, and its tags come out as they went in. */
class PreparationFuzzTest {
  private static final Pattern TAG = Pattern.compile("\\{\\{.*?\\}\\}+");

  @Property(tries = 400)
  void tagsComeOutAsTheyWentInAndNothingElseIsLost(@ForAll("pages") String page) {
    String html = HtmlPreparation.prepare(page, BodyKind.Html, TagSyntax.Braces).html();

    assertThat(html).doesNotContainPattern("[\uE000-\uE00F]");
    if (!page.contains("<style")) {
      assertThat(tags(html)).isEqualTo(tags(page));
    }
    assertThat(bare(html)).isEqualTo(bare(page));
  }

  @Property(tries = 150)
  void preparedTwiceIsAsPreparedOnce(@ForAll("pages") String page) {
    String once = HtmlPreparation.prepare(page, BodyKind.Html, TagSyntax.Braces).html();
    String twice = HtmlPreparation.prepare(once, BodyKind.Html, TagSyntax.Braces).html();

    assertThat(bare(twice)).isEqualTo(bare(once));
  }

  @Property(tries = 150)
  void mjmlIsLaidOutOrRefusedWithAReason(@ForAll("mjml") String body) {
    PreparedHtml html = HtmlPreparation.prepare(body, BodyKind.Mjml, TagSyntax.Braces);

    assertThat(html.html()).doesNotContainPattern("[\uE000-\uE00F]");
    if (html.html().isEmpty()) {
      assertThat(html.problems()).anyMatch(problem -> problem.isError());
    } else {
      assertThat(tags(html.html())).containsAll(tags(body));
    }
  }

  private static List<String> tags(String text) {
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      tags.add(tag.group());
    }
    return tags;
  }

  /** Without what preparing may change: style sheets and style attributes. */
  private static String bare(String html) {
    return html.replaceAll("(?is)<style\\b[^>]*>.*?</style>", "")
        .replaceAll("(?i)\\sstyle=(\"[^\"]*\"|'[^']*'|[^\\s>\"']+)", "");
  }

  @Provide
  Arbitrary<String> pages() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "<p class=\"a\">",
            "</p>",
            "<table>",
            "<tr>",
            "<td align=center>",
            "</td>",
            "</tr>",
            "</table>",
            "<div style='color:red'>",
            "</div>",
            "<b>",
            "</b>",
            "<img src=\"x\">",
            "<br/>",
            "{{profile.city}}",
            "{{#profile.a}}",
            "{{/profile.a}}",
            "{{^b}}",
            "{{{content.x}}}",
            "<a href=\"https://a.example/{{id}}\">",
            "</a>",
            "<p class=\"{{content.k}}\">",
            "text & more",
            "&nbsp;",
            "<!--[if mso]><table><![endif]-->",
            "<!-- {{c}} -->",
            "<ul><li>",
            "</ul>",
            "<",
            "\"",
            "<style>p{margin:0}.a{color:red!important}</style>",
            "<style>@media (max-width:9px){.a{color:blue}}td{padding:1px</style>",
            "<style>li:first-child,p>b{margin:{{content.m}}}</style>",
            "<td style=\"width:{{w}}px\">",
            "<input {{#checked}}checked{{/checked}}>",
            "<h1 id=x>",
            "</h1>",
            "\n",
            "é 😀");
    return pieces
        .list()
        .ofMaxSize(40)
        .map(list -> "<!DOCTYPE html><html><body>" + String.join("", list) + "</body></html>");
  }

  @Provide
  Arbitrary<String> mjml() {
    return Arbitraries.of(
            "<mj-section>",
            "</mj-section>",
            "<mj-column>",
            "</mj-column>",
            "<mj-text>",
            "</mj-text>",
            "<mj-section><mj-column><mj-text>{{profile.city}}</mj-text></mj-column></mj-section>",
            "<mj-section background-url=\"https://a.example/{{id}}.png\"><mj-column /></mj-section>",
            "{{#profile.a}}",
            "{{/profile.a}}",
            "<mj-wrapper>",
            "</mj-wrapper>",
            "<mj-image />",
            "x < y",
            "<mj-button href=\"https://a.example/{{id}}\">Go {{name}}</mj-button>",
            "<b>",
            "</b>",
            "<mj-section><mj-column><mj-table><tr><td>{{a}}</td></tr></mj-table></mj-column></mj-section>")
        .list()
        .ofMaxSize(12)
        .map(list -> "<mjml><mj-body>" + String.join("", list) + "</mj-body></mjml>");
  }
}
