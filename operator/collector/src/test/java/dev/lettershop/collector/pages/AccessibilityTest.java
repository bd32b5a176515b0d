package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WCAG 2.2 AA, as far as axe-core can tell, and what it cannot: reachable by keyboard with a
 * visible focus, no wider than 320 px, and usable without the style sheet; in every language, light
 * and dark. {@code LETTERSHOP_CLIENTS} names a folder in which {@code npm install axe-core} was
 * run; left out without it or without a Chromium, unless {@code LETTERSHOP_CLIENT_TESTS} is {@code
 * required}.
 */
@Tag("browser")
class AccessibilityTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">(.*?)</pre>", 32);

  @TempDir Path folder;

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> axe() {
    return Optional.ofNullable(System.getenv("LETTERSHOP_CLIENTS"))
        .map(clients -> Path.of(clients, "node_modules", "axe-core", "axe.min.js"))
        .filter(Files::isReadable);
  }

  /** Every kind of page that there is, in one language. */
  private static void pages(String language, List<Map<String, Object>> all) throws Exception {
    try (TestPages pages = new TestPages()) {
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
      String lang = "?lang=" + language;
      String unsubscribe = TestPages.path(Purpose.Unsubscribe) + lang;
      String preferences = TestPages.path(Purpose.Preferences) + lang;
      String confirm = TestPages.path(Purpose.Confirm, 9, 1002) + lang;
      String style =
          pages.get(unsubscribe).body().replaceAll("(?s).*href=\"\\.\\.(/assets/[^\"]+)\".*", "$1");
      String css = pages.get(style).body();
      List<String> htmls =
          List.of(
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
      for (int i = 0; i < htmls.size(); i++) {
        String html = htmls.get(i);
        String link = "<link rel=\"stylesheet\" href=\".." + style + "\">";
        assertThat(html).contains(link, "<html lang=\"" + language + "\">");
        String styled = html.replace(link, "<style>" + css + "</style>");
        all.add(Map.of("name", language + " " + i, "html", styled, "styled", true));
        all.add(
            Map.of(
                "name",
                language + " " + i + " bare",
                "html",
                html.replace(link, ""),
                "styled",
                false));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyPageCanBeUsedByEverybody(boolean dark) throws Exception {
    if ((chromium().isEmpty() || axe().isEmpty())
        && "required".equals(System.getenv("LETTERSHOP_CLIENT_TESTS"))) {
      fail("There is no Chromium, or LETTERSHOP_CLIENTS names no folder with axe-core");
    }
    assumeTrue(chromium().isPresent() && axe().isPresent(), "no Chromium, or no axe-core");
    List<Map<String, Object>> all = new ArrayList<>();
    for (String language : Languages.SHIPPED) {
      pages(language, all);
    }

    JsonNode result = look(all, dark);

    assertThat(result.path("pages").asInt()).isEqualTo(8 * 14 * 2);
    assertThat(result.path("looked").asInt()).as("rules that passed").isGreaterThan(4_000);
    assertThat(result.path("dark").asBoolean()).isEqualTo(dark);
    assertThat(result.path("found")).map(JsonNode::asText).isEmpty();
  }

  private JsonNode look(List<Map<String, Object>> all, boolean dark) throws Exception {
    String script;
    try (var in = getClass().getResourceAsStream("accessibility.js")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String data =
        "const AXE = "
            + JSON.writeValueAsString(Files.readString(axe().orElseThrow()))
            + ";\nconst PAGES = "
            + JSON.writeValueAsString(all)
            + ";\n";
    Files.writeString(folder.resolve("data.js"), data);
    Files.writeString(folder.resolve("look.js"), script);
    Path page = folder.resolve("look.html");
    Files.writeString(
        page,
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Look</title><body>"
            + "<script src=\"data.js\"></script><script src=\"look.js\"></script></body></html>");
    Path dom = folder.resolve("dom.html");
    List<String> command = new ArrayList<>();
    command.add(chromium().orElseThrow().toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=600000",
            "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
            "--dump-dom",
            page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(folder.resolve("chromium.log").toFile())
            .start();
    if (!process.waitFor(400, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      fail("Chromium did not look at the pages in time");
    }
    Matcher result = RESULT.matcher(Files.readString(dom));
    assertThat(result.find()).as("a result").isTrue();
    return JSON.readTree(
        result
            .group(1)
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&"));
  }
}
