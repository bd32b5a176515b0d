package dev.lettershop.template.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.template.html.check.SubjectCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailChecksTest {
  private static List<Problem> problems(String body) {
    String page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta name="viewport" content="width=device-width"></head><body>
        %s
        <p>Enough words for a mail that is more than its pictures, and then some of them again.</p>
        </body></html>
        """;
    return HtmlPreparation.prepare(page.formatted(body), BodyKind.Html, TagSyntax.Braces)
        .problems();
  }

  @Test
  void aContrastJustBelowTheLimitIsNotShownAsTheLimit() {
    assertThat(problems("<p style=\"color:#777777\">Small print</p>"))
        .filteredOn(problem -> "contrast".equals(problem.check()))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).contains("contrast 4.47, and text needs 4.5"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "image-alt      | Warning | 3:1  | <img src=\"https://a.example/x.png\" width=\"9\">",
        "image-size     | Info    | 3:1  | <img src=\"https://a.example/x.png\" alt=\"\">",
        "insecure-link  | Warning | 3:4  | <p><a href=\"http://a.example/\">x</a>",
        "insecure-link  | Warning | 3:1  | <img alt=\"\" width=\"9\" src=\"http://a.example/{{content.x}}.png\">",
        "relative-link  | Warning | 3:1  | <a href=\"/sale\">x</a>",
        "relative-link  | Warning | 3:1  | <a href=\"//a.example/sale\">x</a>",
        "empty-link     | Warning | 3:1  | <a href=\"#\">x</a>",
        "link-shortener | Warning | 3:1  | <a href=\"https://bit.ly/abc\">x</a>",
        "link-address   | Warning | 3:1  | <a href=\"https://192.0.2.1/\">x</a>",
        "link-mismatch  | Warning | 3:1  | <a href=\"https://evil.example/\">https://bank.example/login</a>",
        "removed-element| Warning | 3:1  | <script>x()</script>",
        "removed-element| Warning | 3:1  | <p onclick=\"x()\">x</p>",
        "form           | Warning | 3:1  | <form action=\"https://a.example\"></form>",
        "external-css   | Warning | 3:1  | <link rel=\"stylesheet\" href=\"https://a.example/a.css\">",
        "web-font       | Info    | 3:1  | <link rel=\"stylesheet\" href=\"https://a.example/fonts.css\">",
        "link-space     | Warning | 3:1  | <a href=\"https://a.example/a b\">x</a>",
        "css-syntax     | Warning | 3:35 | <style>@media (max-width:600px) { @media (min-width:9px) {p{margin:0}} }</style>",
        "insecure-link  | Warning | 3:14 | <!--[if mso]><a href=\"http://a.example/\">x</a><![endif]-->",
        "relative-link  | Warning | 3:20 | <!--[if gte mso 9]><v:rect href=\"/sale\"></v:rect><![endif]-->",
        "image-alt      | Warning | 3:14 | <!--[if mso]><img width=\"9\" src=\"https://a.example/a.png\"><![endif]-->",
        "removed-element| Warning | 3:14 | <!--[if mso]><script>x()</script><![endif]-->",
        "css-syntax     | Warning | 3:10 | <style>p {color: red</style>",
        "css-syntax     | Warning | 3:8  | <style>}</style>",
        "contrast       | Warning | 3:1  | <p style=\"color:#ccc\">Small print</p>",
        "contrast       | Info    | 3:1  | <p style=\"color:#888\">Small print</p>",
        "contrast       | Warning | 3:29 | <style>p{color:#eee}</style><p>Small print</p>",
        "contrast       | Warning | 3:41 | <table bgcolor=\"#000000\"><tbody><tr><td><a href=\"https://a.example\">x</a></td></tr></tbody></table>",
        "client-support | Warning | 3:1  | <svg width=\"9\"></svg>",
        "client-support | Warning | 3:1  | <img alt=\"\" width=\"9\" src=\"data:image/png;base64,AA\">",
        "client-support | Info    | 3:1  | <div style=\"display: grid\">x</div>",
        "client-support | Info    | 3:10 | <style>p{width:calc(1px + 2px)}</style>",
      })
  void eachCheckFindsItsTroubleAtItsPlace(
      String check, Severity severity, String position, String body) {
    assertThat(problems(body))
        .filteredOn(problem -> check.equals(problem.check()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.severity()).isEqualTo(severity);
              assertThat(problem.position()).hasToString(position);
              assertThat(problem.fix()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<a href=\"{{links.unsubscribe}}\">Unsubscribe</a>",
        "<a href=\"mailto:a@shop.example\">x</a> <a href=\"tel:+1555\">y</a> <a href=\"#top\">z</a>",
        "<a href=\"https://www.shop.example/x\">shop.example</a>",
        "<img src=\"https://a.example/x.png\" alt=\"\" width=\"600\" style=\"border-radius: 8px\">",
        "<p style=\"color:{{content.colour}}\">Small print</p>",
        "<table background=\"https://a.example/x.png\"><tr><td style=\"color:#fff\">On a picture</td></tr></table>",
        "<div style=\"display:none;max-height:0;color:#fff\">Preheader</div>",
        "<div style=\"max-height:0;overflow:hidden;color:#fff\">Preheader</div>",
        "<div style=\"opacity:0;color:#fff\">Preheader</div>",
        "<div style=\"font-size:1px;line-height:1px;color:#fefefe\">Preheader</div>",
        "<style>@media (max-width:600px) { p { font-size: 18px } }</style>",
      })
  void whatIsInOrderIsLeftAlone(String body) {
    assertThat(problems(body)).isEmpty();
  }

  @Test
  void theSameTroubleInManyPlacesIsOneFinding() {
    assertThat(problems("<a href=\"http://a.example\">x</a>".repeat(40)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).endsWith("(in 40 places)"));
  }

  @Test
  void sizeIsThatAfterInlining() {
    String rows = "<p>Some words that fill a paragraph of a mail.</p>".repeat(1_000);

    assertThat(problems("<style>p{margin:0}</style>" + rows)).isEmpty();
    assertThat(
            problems(
                "<style>p{margin:0 0 24px;font-family:Arial,Helvetica,sans-serif}</style>" + rows))
        .singleElement()
        .satisfies(problem -> assertThat(problem.check()).isEqualTo("html-size"));
  }

  @Test
  void styleSheetsThatGmailIgnoresAreFound() {
    String queries = "@media (max-width:600px){.a{color:#123456;margin:0 0 10px}}".repeat(300);

    assertThat(problems("<style>" + queries + "</style>"))
        .extracting(Problem::check)
        .containsExactly("style-size");
  }

  @Test
  void whatEveryMailBeginsWithIsAskedForAtOnce() {
    List<Problem> problems =
        HtmlPreparation.prepare("<html><p>Hello</p></html>", BodyKind.Html, TagSyntax.Braces)
            .problems();

    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly("the HTML has no doctype, no language and no viewport");
  }

  @Test
  void aMailThatIsAllPictureIsFound() {
    String html =
        "<!DOCTYPE html><html lang=\"en\"><meta name=\"viewport\" content=\"\">"
            + "<img src=\"https://a.example/x.png\" alt=\"Sale\" width=\"600\">";

    assertThat(HtmlPreparation.prepare(html, BodyKind.Html, TagSyntax.Braces).problems())
        .extracting(Problem::check)
        .containsExactly("image-only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Re: your order | subject-style",
        "SALE ENDS TONIGHT | subject-style",
        "Only today!!! | subject-style",
        "This is a subject that goes on and on until nobody can see its end | subject-length",
      })
  void aSubjectThatPutsOffIsFound(String subject, String check) {
    assertThat(SubjectCheck.subject(subject)).extracting(Problem::check).containsExactly(check);
  }

  @Test
  void aGoodSubjectIsLeftAlone() {
    assertThat(SubjectCheck.subject(", your NASA mug is back in stock!")).isEmpty();
  }
}
