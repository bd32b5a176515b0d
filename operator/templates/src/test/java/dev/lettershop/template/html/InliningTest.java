package dev.lettershop.template.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InliningTest {
  private static String inlined(String html) {
    return HtmlPreparation.prepare(html, BodyKind.Html, TagSyntax.Braces).html();
  }

  @ParameterizedTest(name = "{0}{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "p{color:red} | <p>x</p> | <p style=\"color:red\">x</p>",
        ".a{color:red}.a{color:blue} | <p class=a>x</p> | <p style=\"color:blue\" class=a>x</p>",
        "#i{color:red}p.a{color:blue} | <p id=\"i\" class=\"a\">x</p> | <p style=\"color:red\" id=\"i\" class=\"a\">x</p>",
        "p{color:red!important}.a{color:blue} | <p class=a>x</p> | <p style=\"color:red\" class=a>x</p>",
        "p{color:red} | <p style='color:green'>x</p> | <p style='color:green'>x</p>",
        "p{color:red!important} | <p style=\"color:green;\">x</p> | <p style=\"color:green;color:red\">x</p>",
        "p{margin:0 0 1em} | <p style='color:green'>x</p> | <p style='margin:0 0 1em;color:green'>x</p>",
        "p{font-family:\"A B\",serif} | <p>x</p> | <p style=\"font-family:'A B',serif\">x</p>",
        "p{background:url(a?b=1&c=2)} | <p>x</p> | <p style=\"background:url(a?b=1&amp;c=2)\">x</p>",
        "p{padding-top:1px}.a{padding:2px} | <p class=a>x</p> | <p style=\"padding:2px\" class=a>x</p>",
        "p{color:red;color:oklch(60% 0.2 20)} | <p>x</p> | <p style=\"color:red;color:oklch(60% 0.2 20)\">x</p>",
        "ul>li:first-child{color:red} | <ul><li>x<li>y</ul> | <ul><li style=\"color:red\">x<li>y</ul>",
        "p{color:red} | <p style=color:green>x</p> | <p style=\"color:green\">x</p>",
        "p{margin:0} | <p style=color:green>x</p> | <p style=\"margin:0;color:green\">x</p>",
        "[align=RIGHT]{margin:0} | <p align=right>x</p> | <p style=\"margin:0\" align=right>x</p>",
        "p:not(.a){margin:0} | <p>x</p><p class=a>y</p> | <p style=\"margin:0\">x</p><p class=a>y</p>",
        "p{margin:0} | <!--[if mso]><p>x</p><![endif]--> | <!--[if mso]><p>x</p><![endif]-->",
        "p{margin:0} | <p {{#x}}class=\"a\"{{/x}}>x</p> | <p style=\"margin:0\" {{#x}}class=\"a\"{{/x}}>x</p>",
        "p{color:{{content.c}}} | <p>x</p> | <p style=\"color:{{content.c}}\">x</p>",
        "td{margin:0} | <table>{{#a}}<tr><td>x</td></tr>{{/a}}</table> | <table>{{#a}}<tr><td style=\"margin:0\">x</td></tr>{{/a}}</table>",
        "p{margin:0} | <p style=\"{{#a}}color:red{{/a}}\">x</p> | <p style=\"margin:0;{{#a}}color:red{{/a}}\">x</p>",
      })
  void aRuleMovesIntoTheElementsAndNothingElseChanges(String css, String body, String expected) {
    String page = "<!DOCTYPE html><html><head>%s</head><body>%s</body></html>";

    assertThat(inlined(page.formatted("<style>" + css + "</style>", body)))
        .isEqualTo(page.formatted("", expected));
  }

  @ParameterizedTest(name = "{0}{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a:hover{color:red} | <a>x</a> | a:hover{color:red} | <a>x</a>",
        "a{color:blue}a:hover{color:red} | <a>x</a> | a:hover{color:red !important} | <a style=\"color:blue\">x</a>",
        "p{color:blue}@media (max-width:9px){p{color:red}} | <p>x</p> | @media (max-width:9px){p{color:red !important}} | <p style=\"color:blue\">x</p>",
        "@media (max-width:9px){p{color:red}}p{color:blue} | <p>x</p> | @media (max-width:9px){p{color:red}} | <p style=\"color:blue\">x</p>",
        "@font-face{font-family:x;src:url(y)}p{margin:0} | <p>x</p> | @font-face{font-family:x;src:url(y)} | <p style=\"margin:0\">x</p>",
        "#outlook a{padding:0}.unused{margin:0} | <p>x</p> | #outlook a{padding:0} | <p>x</p>",
        ".a,.a:hover{margin:0} | <p class=a>x</p> | .a:hover {margin:0 !important} | <p style=\"margin:0\" class=a>x</p>",
        ".b{margin:0} | <p class=\"{{content.k}}\">x</p> | .b{margin:0} | <p class=\"{{content.k}}\">x</p>",
        "li:first-child{margin:0} | <ul>{{#a}}<li>x</li>{{/a}}</ul> | li:first-child{margin:0} | <ul>{{#a}}<li>x</li>{{/a}}</ul>",
        "p{margin:0} | {{{content.x}}}<p>y</p> | p{margin:0} | {{{content.x}}}<p style=\"margin:0\">y</p>",
        "p{color:red!important}@media x{p{color:blue!important}} | <p>y</p> | @media x{p{color:blue!important}} | <p style=\"color:red\">y</p>",
        ".a{color:red!important}@media x{p{color:blue!important}} | <p class=a>y</p> | @media x{p{color:blue!important}} | <p style=\"color:red !important\" class=a>y</p>",
      })
  void whatCannotMoveStaysAndStillCounts(
      String css, String body, String expectedCss, String expected) {
    String page = "<!DOCTYPE html><html><head><style>%s</style></head><body>%s</body></html>";

    assertThat(inlined(page.formatted(css, body)))
        .isEqualTo(page.formatted("\n" + expectedCss + "\n", expected));
  }
}
