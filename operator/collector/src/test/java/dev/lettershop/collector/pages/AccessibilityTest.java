package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * WCAG 2.2 AA, as far as axe-core can tell, and what it cannot: reachable by keyboard with a
 * visible focus, no wider than 320 px, and usable without the style sheet; in every language, light
 * and dark. {@code LETTERSHOP_CLIENTS} names a folder in which {@code npm install axe-core} was
 * run; left out without it or without a Chromium, unless {@code LETTERSHOP_CLIENT_TESTS} is {@code
 * required}.
 */
@Tag("browser")
class AccessibilityTest {
  private static final Pattern STYLE_SHEET =
      Pattern.compile("<link rel=\"stylesheet\" href=\"\\.\\.(/assets/[^\"]+)\">");
  private static final String IN_THE_DARK = "(prefers-color-scheme: dark)";

  @TempDir Path folder;

  /** How a page is looked at. */
  private enum Look {
    /** With the style sheet, by axe-core and by keyboard. */
    Light,
    /** The same in dark colours. */
    Dark,
    /** Without the style sheet. */
    Bare,
    /** With the style sheet, by keyboard and for its width alone: only its words differ. */
    Words
  }

  /** Every kind of page that there is, in one language. */
  private static List<String> pages(TestPages pages, String language) throws Exception {
    String lang = "?lang=" + language;
    String unsubscribe = TestPages.path(Purpose.Unsubscribe) + lang;
    String preferences = TestPages.path(Purpose.Preferences) + lang;
    String confirm = TestPages.path(Purpose.Confirm, 9, 1002) + lang;
    pages.database.execute(
        "delete from consent where topic = 'offers';"
            + "delete from consent_state where topic = 'offers'; delete from opt_out;"
            + "delete from pause");
    pages.database.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source, evidence)
        values (1002, 'offers', now(), 'Pending', 'sign-up/footer',
          '{"confirmation_run": 9, "wording": "I want these emails."}')
        """);
    pages.database.execute(
        """
        insert into consent_state select profile_id, topic, status, occurred_at from consent
        where status = 'Pending'
        """);
    pages.database.execute("alter table consent_state rename to consent_state_away");
    String away = pages.get(unsubscribe).body();
    pages.database.execute("alter table consent_state_away rename to consent_state");
    return List.of(
        away,
        pages.get(unsubscribe).body(),
        pages.post(unsubscribe, "page=1").body(),
        pages.post(preferences, "do=undo&topic=newsletter").body(),
        pages.post(preferences, "do=pause&days=90").body(),
        pages.get(preferences).body(),
        pages.post(preferences, "do=all").body(),
        pages.get(TestPages.path(Purpose.Unsubscribe) + "x" + lang).body(),
        pages.get(TestPages.path(Purpose.Unsubscribe, 1, 77) + lang).body(),
        pages.get(confirm).body(),
        pages.post(confirm, "do=confirm").body(),
        pages.post(confirm, "do=decline").body(),
        pages.get("/s/footer" + lang).body(),
        pages.post("/s/footer" + lang, "email=nobody&choose=1").body(),
        pages.post("/s/footer" + lang, "email=cleo@example.com&topic=offers").body());
  }

  private static Map<String, Object> looked(
      String html, String name, String language, String css, Look look) {
    Matcher link = STYLE_SHEET.matcher(html);
    assertThat(link.find()).as("a style sheet").isTrue();
    assertThat(html).contains("<html lang=\"" + language + "\">");
    String colours = look == Look.Dark ? css.replace(IN_THE_DARK, "all") : css;
    String style = look == Look.Bare ? "" : "<style>" + colours + "</style>";
    return Map.of(
        "name",
        name + " " + look,
        "html",
        html.replace(link.group(), style),
        "styled",
        look != Look.Bare,
        "axe",
        look != Look.Words);
  }

  /** Languages differ in words alone, and only words that are too long can do harm. */
  @Test
  void everyPageCanBeUsedByEverybody() throws Exception {
    everyPage(Set.of(Look.Light, Look.Dark, Look.Bare), Set.of(Look.Words), 15 * 10, 800);
  }

  @Test
  @Tag("soak")
  void everyPageInEveryLanguageCanBeUsedByEverybody() throws Exception {
    Set<Look> all = Set.of(Look.Light, Look.Dark, Look.Bare);
    everyPage(all, all, 15 * 24, 6_000);
  }

  private void everyPage(Set<Look> english, Set<Look> others, int pages, int rules)
      throws Exception {
    PageLook.assumeBrowser();
    List<Map<String, Object>> all = new ArrayList<>();
    try (TestPages served = new TestPages()) {
      String css = styleSheet(served);
      for (String language : Languages.SHIPPED) {
        List<String> htmls = pages(served, language);
        for (int i = 0; i < htmls.size(); i++) {
          for (Look look : language.equals("en") ? english : others) {
            all.add(looked(htmls.get(i), language + " " + i, language, css, look));
          }
        }
      }
    }

    JsonNode result = new PageLook(folder).look(all);

    assertThat(result.path("found")).map(JsonNode::asText).isEmpty();
    assertThat(result.path("pages").asInt()).isEqualTo(pages);
    assertThat(result.path("looked").asInt()).as("rules that passed").isGreaterThan(rules);
    assertThat(result.path("backgrounds"))
        .map(JsonNode::asText)
        .as("white, dark, and the browser's own")
        .contains("rgb(22, 25, 29)")
        .hasSize(3);
  }

  private static String styleSheet(TestPages pages) throws Exception {
    Matcher link = STYLE_SHEET.matcher(pages.get("/s/footer").body());
    assertThat(link.find()).as("a style sheet").isTrue();
    String css = pages.get(link.group(1)).body();
    assertThat(css).contains(IN_THE_DARK);
    return css;
  }
}
