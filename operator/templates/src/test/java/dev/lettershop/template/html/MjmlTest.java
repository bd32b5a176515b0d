package dev.lettershop.template.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MjmlTest {
  private static PreparedHtml prepared(String mjml) {
    return HtmlPreparation.prepare(mjml, BodyKind.Mjml, TagSyntax.Braces);
  }

  private static String page(String section) {
    return "<mjml lang=\"en\"><mj-body><mj-section>" + section + "</mj-section></mj-body></mjml>";
  }

  @Test
  void tagsComeThroughBetweenElementsInTextInAttributesAndInStyles() {
    PreparedHtml html =
        prepared(
            """
            <mjml lang="de">
              <mj-head>
                <mj-title>{{content.title}}</mj-title>
                <mj-style inline="inline">.price { color: {{content.colour}}; }</mj-style>
              </mj-head>
              <mj-body>
                {{#profile.is_vip}}
                <mj-section><mj-column><mj-text>For you</mj-text></mj-column></mj-section>
                {{/profile.is_vip}}
                <mj-section>
                  <mj-column>
                    {{#recommendations}}
                    <mj-text>Now <b class="price">{{price}}</b></mj-text>
                    <mj-image width="200px" src="https://img.example/{{image}}" alt="{{name}}" />
                    <mj-button href="https://shop.example/{{id}}">Buy {{name}}</mj-button>
                    {{/recommendations}}
                    <mj-table>{{#profile.interests}}<tr><td>{{.}}</td></tr>{{/profile.interests}}</mj-table>
                  </mj-column>
                </mj-section>
              </mj-body>
            </mjml>
            """);

    assertThat(html.problems()).filteredOn(Problem::isError).isEmpty();
    assertThat(html.html())
        .contains("lang=\"de\"")
        .contains("<title>{{content.title}}</title>")
        .contains("<b style=\"color:{{content.colour}}\" class=\"price\">{{price}}</b>")
        .contains("src=\"https://img.example/{{image}}\"")
        .contains("alt=\"{{name}}\"")
        .contains("href=\"https://shop.example/{{id}}\"")
        .contains("{{#profile.interests}}<tr><td>{{.}}</td></tr>{{/profile.interests}}")
        .doesNotContain("\uE000")
        .doesNotContain("mj-raw");
    assertThat(html.html().indexOf("{{#profile.is_vip}}"))
        .isLessThan(html.html().indexOf("For you"))
        .isGreaterThan(html.html().indexOf("<body"));
    assertThat(html.html().indexOf("{{/profile.is_vip}}"))
        .isGreaterThan(html.html().indexOf("For you"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<mj-column><mj-txt>x</mj-txt></mj-column> | 1:49 | MJML has no element <mj-txt> | did you mean <mj-text>?",
        "<mj-text>x</mj-text> | 1:38 | <mj-text> cannot stand in <mj-section>, and would not be shown | put it into <mj-column> or <mj-hero>",
        "<mj-column><mj-text>x</mj-column> | 1:49 | <mj-text> is not closed | close it with </mj-text>, or write <mj-text … />",
        "<mj-column><mj-text fontsize='1px'>x</mj-text></mj-column> | 1:58 | <mj-text> has no attribute \"fontsize\" | did you mean \"font-size\"?",
        "<mj-column><mj-text font-size='{{content.s}}'>x</mj-text></mj-column> | 1:58 | layout is computed before a recipient is known, and font-size is part of it | write a length, such as font-size=\"20px\"",
        "<mj-column><mj-text {{#a}}color='red'{{/a}}>x</mj-text></mj-column> | 1:58 | a tag of the template cannot stand between the attributes of <mj-text> | put it into an attribute's value, or around the whole element",
        "<mj-include path='a.mjml' /> | 1:38 | a template includes no files | use a partial: spec.partials",
        "<mj-column></mj-text></mj-column> | 1:49 | </mj-text> closes nothing | remove it",
      })
  void whatMjmlWouldPassOverIsFound(String section, String place, String message, String fix) {
    String[] at = place.split(":");
    Problem problem = prepared(page(section)).problems().get(0);

    assertThat(problem.message()).isEqualTo(message);
    assertThat(problem.fix()).isEqualTo(fix);
    assertThat(problem.position())
        .isEqualTo(new Position(Integer.parseInt(at[0]), Integer.parseInt(at[1])));
    assertThat(problem.check()).isEqualTo("mjml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{#a}}<mj-preview>x</mj-preview>{{/a}}",
        "{{#a}}<mj-title>x</mj-title>{{/a}}",
        "{{#a}}<mj-style>.x{color:red}</mj-style>{{/a}}",
        "{{#a}}<mj-font name='x' href='https://fonts.example/x.css' />{{/a}}",
        "<mj-attributes>{{#a}}<mj-class name='x' color='red' />{{/a}}</mj-attributes>",
      })
  void sectionsAroundElementsOfTheHeadAreRefused(String head) {
    assertThat(headProblems(head))
        .anySatisfy(
            problem -> {
              assertThat(problem.isError()).isTrue();
              assertThat(problem.message()).startsWith("a tag of the template stands between");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<mj-preview>{{#a}}x{{/a}}</mj-preview>",
        "<mj-title>{{#a}}x{{/a}}</mj-title>",
        "<mj-style>{{#a}}.x{color:red}{{/a}}</mj-style>",
      })
  void sectionsInsideElementsOfTheHeadAreNot(String head) {
    assertThat(headProblems(head)).filteredOn(Problem::isError).isEmpty();
  }

  private static java.util.List<Problem> headProblems(String head) {
    return prepared(
            "<mjml lang=\"en\"><mj-head>"
                + head
                + "</mj-head><mj-body><mj-section><mj-column><mj-text>y</mj-text></mj-column>"
                + "</mj-section></mj-body></mjml>")
        .problems();
  }

  @Test
  void aConditionalCommentThatGoesOnOverMjmlIsRefused() {
    PreparedHtml html =
        prepared(
            "<mjml><mj-body><mj-raw><!--[if mso]></mj-raw><mj-section><mj-column><mj-text>x</mj-text>"
                + "</mj-column></mj-section><mj-raw><![endif]--></mj-raw></mj-body></mjml>");
    assertThat(html.problems())
        .anySatisfy(
            problem ->
                assertThat(problem.message())
                    .contains("goes on over")
                    .contains("would reach Outlook as it is"));
  }

  @Test
  void htmlAttributesAreWrittenIntoWhatTheirSelectorFinds() {
    String html =
        prepared(
                "<mjml lang=\"en\"><mj-head><mj-html-attributes><mj-selector path=\".c div\">"
                    + "<mj-html-attribute name=\"data-id\">42</mj-html-attribute></mj-selector>"
                    + "</mj-html-attributes></mj-head><mj-body><mj-section><mj-column>"
                    + "<mj-text css-class=\"c\">A</mj-text></mj-column></mj-section></mj-body></mjml>")
            .html();
    assertThat(html).containsPattern("<div[^>]* data-id=\"42\"[^>]*>A</div>");
    assertThat(html.replace(" data-id=\"42\"", "")).doesNotContain("42");
  }

  @Test
  void idsAreTheSameEachTimeAndDifferWithinAMail() {
    String menu =
        "<mj-navbar hamburger=\"hamburger\"><mj-navbar-link href=\"https://a.example\">A</mj-navbar-link></mj-navbar>";
    String mjml =
        page(
            "<mj-column>"
                + menu
                + menu
                + "<mj-carousel><mj-carousel-image src=\"https://a.example/a.png\" alt=\"\" />"
                + "<mj-carousel-image src=\"https://a.example/b.png\" alt=\"\" /></mj-carousel></mj-column>");
    String html = prepared(mjml).html();
    assertThat(html).isEqualTo(prepared(mjml).html());
    assertThat(html).contains("id=\"mj2\"").contains("for=\"mj2\"").contains("id=\"mj3\"");
    assertThat(html).contains("mj-carousel-mj1-radio-1").doesNotContainPattern("[0-9a-f]{16}");
  }

  /** The figures are what npm mjml 4.15 writes for the same source. */
  @Test
  void aGroupHasItsWidthsAndItsColourInOutlookToo() {
    String html =
        prepared(
                "<mjml lang=\"en\"><mj-body><mj-section><mj-group background-color=\"#eeeeee\">"
                    + "<mj-column width=\"30%\"><mj-text>A</mj-text></mj-column>"
                    + "<mj-column width=\"70%\"><mj-text>B</mj-text></mj-column></mj-group>"
                    + "</mj-section></mj-body></mjml>")
            .html();
    assertThat(html)
        .contains("vertical-align:top;width:180px;")
        .contains("vertical-align:top;width:420px;")
        .contains("background-color:#eeeeee")
        .contains("bgcolor=\"#eeeeee\"");
  }

  @Test
  void aHeroIsAsWideAsTheMailAndRound() {
    String html =
        prepared(
                "<mjml lang=\"en\"><mj-body><mj-hero background-url=\"https://a.example/b.png\""
                    + " background-color=\"#2a3448\" padding=\"50px 40px\" border-radius=\"20px\">"
                    + "<mj-text color=\"#fff\">Hero</mj-text></mj-hero></mj-body></mjml>")
            .html();
    assertThat(html)
        .contains("max-width:600px")
        .doesNotContain("520px")
        .contains("border-radius:20px");
  }

  /** The figures are what npm mjml 4.18 writes for the same source. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "border-left='6px solid #00ff00' border-right='14px solid #0000ff' | 290",
        "border='10px solid #ff0000' | 290",
        "border='10px solid #ff0000' border-left='2px dotted #123456' | 294",
        "border-left='none' border-right='20px solid red' | 290",
        "border-left='20px solid {{content.c}}' | 290",
      })
  void columnsAreNarrowerByTheBordersOfTheirSection(String borders, int width) {
    String html =
        prepared(
                "<mjml lang=\"en\"><mj-body><mj-section "
                    + borders
                    + "><mj-column><mj-text>A</mj-text></mj-column><mj-column><mj-text>B</mj-text>"
                    + "</mj-column></mj-section></mj-body></mjml>")
            .html();
    assertThat(html)
        .contains("vertical-align:top;width:" + width + "px;")
        .contains(borders.replaceAll("^.*?(border[a-z-]*)='([^']*)'.*$", "$1:$2"));
  }

  @Test
  void columnsOfAGroupHaveWholePercentsOnNarrowScreens() {
    String column = "<mj-column><mj-text>A</mj-text></mj-column>";
    String html =
        prepared(
                "<mjml lang=\"en\"><mj-body><mj-section><mj-group>"
                    + column.repeat(7)
                    + "</mj-group></mj-section></mj-body></mjml>")
            .html();
    assertThat(html).contains("vertical-align:top;width:14%;").doesNotContain("width:14.28");
  }

  @Test
  void theInnerPaddingOfSocialLinksReachesThem() {
    assertThat(
            prepared(
                    page(
                        "<mj-column><mj-social inner-padding=\"12px\"><mj-social-element name=\"x\""
                            + " href=\"https://a.example\">X</mj-social-element></mj-social></mj-column>"))
                .html())
        .contains("padding:12px;vertical-align:middle");
  }

  @Test
  void findingsAboutTheHtmlHaveTheirPlaceInTheMjml() {
    PreparedHtml html =
        prepared(
            """
            <mjml lang="en"><mj-body><mj-section><mj-column>
            <mj-image width="100px" src="https://img.example/a.png" alt="" />
            <mj-text><a href="http://shop.example/b">To the shop</a></mj-text>
            <mj-text color="#aaaaaa">Small print</mj-text>
            </mj-column></mj-section></mj-body></mjml>
            """);

    assertThat(html.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.check()).isEqualTo("insecure-link");
              assertThat(problem.position()).isEqualTo(new Position(3, 19));
            })
        .anySatisfy(
            problem -> {
              assertThat(problem.check()).isEqualTo("contrast");
              assertThat(problem.position()).isEqualTo(new Position(4, 26));
            });
  }
}
