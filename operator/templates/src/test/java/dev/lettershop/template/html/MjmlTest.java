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
