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
        "p{color:red} | <p style='color:notacolour'>x</p> | <p style='color:red;color:notacolour'>x</p>",
        "td{border:2px solid red} | <table><tr><td style='border:1px dashed solid'>x</table> | <table><tr><td style='border:2px solid red;border:1px dashed solid'>x</table>",
        "p{border:2px solid red} | <p style='border:1px #123 dashed'>x</p> | <p style='border:1px #123 dashed'>x</p>",
        "p{text-align:left} | <p style='text-align:middle'>x</p> | <p style='text-align:left;text-align:middle'>x</p>",
        "p{width:9px} | <p style='width:1px 2px'>x</p> | <p style='width:9px;width:1px 2px'>x</p>",
        "p{padding:9px} | <p style='padding:-1px'>x</p> | <p style='padding:9px;padding:-1px'>x</p>",
        "p{margin:9px} | <p style='margin:-1px auto'>x</p> | <p style='margin:-1px auto'>x</p>",
        "p{display:block} | <p style='display:bold'>x</p> | <p style='display:block;display:bold'>x</p>",
        "p{padding:9px} | <p style='padding:10'>x</p> | <p style='padding:9px;padding:10'>x</p>",
        "p{color:red}.a{color:rde} | <p class=a>x</p> | <p style=\"color:red;color:rde\" class=a>x</p>",
        "ul>li:first-child{color:red} | <ul><li>x<li>y</ul> | <ul><li style=\"color:red\">x<li>y</ul>",
        "p{color:red} | <p style=color:green>x</p> | <p style=\"color:green\">x</p>",
        "p{margin:0} | <p style=color:green>x</p> | <p style=\"margin:0;color:green\">x</p>",
        "[align=RIGHT]{margin:0} | <p align=right>x</p> | <p style=\"margin:0\" align=right>x</p>",
        "p:not(.a){margin:0} | <p>x</p><p class=a>y</p> | <p style=\"margin:0\">x</p><p class=a>y</p>",
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
        "#outlook a{padding:0} | <p>x</p> | #outlook a{padding:0} | <p>x</p>",
        // What the recipient decides
        ".gold{color:red} | <p {{#v}}class=\"gold\"{{/v}}>x</p> | .gold{color:red} | <p {{#v}}class=\"gold\"{{/v}}>x</p>",
        ".gold{color:red} | <p {{#v}}class=\"a\"{{/v}}{{^v}}class=\"gold\"{{/v}}>x</p> | .gold{color:red} | <p {{#v}}class=\"a\"{{/v}}{{^v}}class=\"gold\"{{/v}}>x</p>",
        ".gold{color:red} | <p class=\"a{{#v}} gold {{/v}}b\">x</p> | .gold{color:red} | <p class=\"a{{#v}} gold {{/v}}b\">x</p>",
        ".gold b{color:red} | <p {{#v}}class=\"gold\"{{/v}}><b>x</b></p> | .gold b{color:red} | <p {{#v}}class=\"gold\"{{/v}}><b>x</b></p>",
        "#i{color:red} | <p {{#v}}id=\"i\"{{/v}}>x</p> | #i{color:red} | <p {{#v}}id=\"i\"{{/v}}>x</p>",
        "[title]{color:red} | <p {{#v}}title=\"i\"{{/v}}>x</p> | [title]{color:red} | <p {{#v}}title=\"i\"{{/v}}>x</p>",
        "p{color:blue}.gold{color:red} | <p {{#v}}class=\"gold\"{{/v}}>x</p> | .gold{color:red !important} | <p style=\"color:blue\" {{#v}}class=\"gold\"{{/v}}>x</p>",
        ".x{margin:0} | <p class=\"x\" {{#v}}style=\"color:red\"{{/v}}>y</p> | .x{margin:0} | <p class=\"x\" {{#v}}style=\"color:red\"{{/v}}>y</p>",
        // What clients put around or into a mail
        "p{margin:0} | <!--[if mso]><p>x</p><![endif]--> | p{margin:0} | <!--[if mso]><p>x</p><![endif]-->",
        ".unused{margin:0} | <p>x</p> | .unused{margin:0} | <p>x</p>",
        ".im{color:red} | <p>x</p> | .im{color:red} | <p>x</p>",
        "img.g-img + div{display:none} | <img class=g-img> | img.g-img + div{display:none} | <img class=g-img>",
        "div[style*=\"margin: 16px 0\"]{margin:0} | <div>x</div> | div[style*=\"margin: 16px 0\"]{margin:0} | <div>x</div>",
        ".unstyle-auto-detected-links a{color:red} | <p class=unstyle-auto-detected-links><a>x</a></p> | .unstyle-auto-detected-links a{color:red} | <p class=unstyle-auto-detected-links><a style=\"color:red\">x</a></p>",
        ".t{color:blue}[data-ogsc] .t{color:red} | <p class=t>x</p> | [data-ogsc] .t{color:red !important} | <p style=\"color:blue\" class=t>x</p>",
        ".t{color:blue}u + .body .t{color:red} | <div class=body><p class=t>x</p></div> | u + .body .t{color:red !important} | <div class=body><p style=\"color:blue\" class=t>x</p></div>",
        "p{margin:1em}.ExternalClass p{margin:0} | <p>x</p> | .ExternalClass p{margin:0 !important} | <p style=\"margin:1em\">x</p>",
        "p{margin:1em}#MessageViewBody p{margin:0} | <p>x</p> | #MessageViewBody p{margin:0 !important} | <p style=\"margin:1em\">x</p>",
        "#i{margin:1em}[data-ogsc] p{margin:0} | <p id=i>x</p> | [data-ogsc] p{margin:0} | <p style=\"margin:1em\" id=i>x</p>",
        ".a,.a:hover{margin:0} | <p class=a>x</p> | .a:hover {margin:0 !important} | <p style=\"margin:0\" class=a>x</p>",
        ".b{margin:0} | <p class=\"{{content.k}}\">x</p> | .b{margin:0} | <p class=\"{{content.k}}\">x</p>",
        "li:first-child{margin:0} | <ul>{{#a}}<li>x</li>{{/a}}</ul> | li:first-child{margin:0} | <ul>{{#a}}<li>x</li>{{/a}}</ul>",
        "p{margin:0} | {{{content.x}}}<p>y</p> | p{margin:0} | {{{content.x}}}<p style=\"margin:0\">y</p>",
        "p{color:red!important}@media x{p{color:blue!important}} | <p>y</p> | @media x{p{color:blue!important}} | <p style=\"color:red\">y</p>",
        ".a{color:red!important}@media x{p{color:blue!important}} | <p class=a>y</p> | @media x{p{color:blue!important}} | <p style=\"color:red;color:red !important\" class=a>y</p>",
      })
  void whatCannotMoveStaysAndStillCounts(
      String css, String body, String expectedCss, String expected) {
    String page = "<!DOCTYPE html><html><head><style>%s</style></head><body>%s</body></html>";

    assertThat(inlined(page.formatted(css, body)))
        .isEqualTo(page.formatted("\n" + expectedCss + "\n", expected));
  }
}
