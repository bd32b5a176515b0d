package dev.lettershop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.LettershopCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the gallery of a sample from disk, as somebody who reviews it does. */
@BrowserTest
class PreviewInChromiumTest {
  private static final Path SAMPLES = Path.of("../../samples");

  @TempDir private Path folder;

  private Document page(String samples, String state) throws Exception {
    Path out = folder.resolve(samples);
    if (!Files.exists(out)) {
      StringWriter errors = new StringWriter();
      int exit =
          LettershopCommand.commandLine()
              .setOut(new PrintWriter(new StringWriter()))
              .setErr(new PrintWriter(errors))
              .execute(
                  "preview", "-f", SAMPLES.resolve(samples).toString(), "--out", out.toString());
      assertThat(exit).as(errors.toString()).isZero();
    }
    Path page = out.resolve("index.html");
    return Jsoup.parse(Chromium.in(folder).dom(page, state));
  }

  @Test
  void aCampaignIsShownWithTheRuleThatWonAndTheDevicesSideBySide() throws Exception {
    Document page = page("quickstart", "#mail=0");

    assertThat(page.select("iframe")).hasSize(2);
    assertThat(page.select("iframe[sandbox='']")).hasSize(2);
    assertThat(page.select(".phone iframe").attr("width")).isEqualTo("390");
    assertThat(page.select("nav button")).hasSizeGreaterThan(1);
    assertThat(page.select(".envelope h2").text()).isNotBlank();
    assertThat(page.select("aside .rule code")).isNotEmpty();
    assertThat(page.select("aside .rule .answer").eachText())
        .allMatch(answer -> answer.matches("wins|too late|does not hold|unknown"));
  }

  @Test
  void darkAnswersTheMailsOwnQueryAndTextAndHeadersAreShown() throws Exception {
    Document dark = page("templates", "#mail=0&colours=dark");
    Document text = page("templates", "#mail=0&part=text");
    Document headers = page("templates", "#mail=0&part=headers");

    assertThat(dark.select("iframe").attr("srcdoc"))
        .contains("@media (min-width: 0)")
        .doesNotContain("prefers-color-scheme");
    assertThat(text.select(".stage pre").text()).contains("Unsubscribe (https://");
    assertThat(headers.select(".stage pre").text()).contains("Subject:", "List-Unsubscribe:");
  }

  @Test
  void noMailReachesForTheNetwork() throws Exception {
    Document page = page("templates", "#mail=3");

    assertThat(page.select("iframe").attr("srcdoc"))
        .doesNotContainPattern("<img[^>]*src=\"https?:");
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'");
  }

  @Test
  void itFitsAPhoneAndShowsWhatOutlookIsGiven() throws Exception {
    // given
    page("templates", "#mail=0");
    Path page = folder.resolve("templates").resolve("phone.html");
    Files.writeString(
        page,
        """
        <iframe id="phone" width="390" height="844" src="index.html#mail=0"></iframe>
        <iframe id="outlook" width="390" height="844" src="index.html#mail=0&part=outlook"></iframe>
        <pre id="result"></pre>
        <script>
        addEventListener('load', () => {
          const said = [];
          for (const id of ['phone', 'outlook']) {
            const inside = document.getElementById(id).contentDocument;
            const room = inside.documentElement.clientWidth;
          const wide = [...inside.querySelectorAll('main *')]
              .filter(one => !one.closest('nav, .line *') && one.getBoundingClientRect().right > room + 1)
              .map(one => one.tagName);
            said.push([id, inside.documentElement.scrollWidth === room, wide.join(), inside.querySelector('iframe').srcdoc]);
          }
          document.getElementById('result').textContent = said.map(one => one.join('\\n')).join('\\n\\f\\n');
        });
        </script>
        """);

    // when
    String result =
        Jsoup.parse(Chromium.in(folder).dom(page, "")).getElementById("result").wholeText();

    // then
    String[] shown = result.split("\n\f\n");
    assertThat(shown[0]).startsWith("phone\ntrue\n\n").contains("<!--[if mso");
    assertThat(shown[1])
        .startsWith("outlook\ntrue\n\n")
        .contains("<td class=\"\" style=\"vertical-align:")
        .doesNotContain("<!--[if", "<![endif]", "<xml>");
  }
}
