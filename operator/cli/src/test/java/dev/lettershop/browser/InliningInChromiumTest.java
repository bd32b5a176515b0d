package dev.lettershop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.template.html.BodyKind;
import dev.lettershop.template.html.HtmlPreparation;
import dev.lettershop.template.html.TagSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds inlining to a browser's own cascade: all computed styles of all elements stay the same, at
 * desktop and at phone width. The only difference allowed is the greatest width of an image that
 * was made to scale.
 */
@BrowserTest
class InliningInChromiumTest {
  private static final Map<String, String> MAILS = new LinkedHashMap<>();
  private static final Map<String, String> INLINED = new LinkedHashMap<>();

  @BeforeAll
  static void inline() throws IOException {
    MAILS.putAll(RealMails.all());
    MAILS.forEach(
        (name, html) ->
            INLINED.put(
                name, HtmlPreparation.prepare(html, BodyKind.Html, TagSyntax.Braces).html()));
  }

  @Test
  void realMailsLookTheSameAfterInlining(@TempDir Path folder) throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    List<Map<String, String>> pairs = new ArrayList<>();
    for (Map.Entry<String, String> mail : MAILS.entrySet()) {
      Map<String, String> pair = new LinkedHashMap<>();
      pair.put("name", mail.getKey());
      pair.put("before", mail.getValue());
      pair.put("after", INLINED.get(mail.getKey()));
      pairs.add(pair);
    }
    Files.writeString(
        folder.resolve("mails.js"), "const mails = " + json.writeValueAsString(pairs));
    try (InputStream page = getClass().getResourceAsStream("compare.html")) {
      Files.copy(page, folder.resolve("compare.html"));
    }

    String dom = Chromium.in(folder).dom(folder.resolve("compare.html"), "");

    JsonNode results = json.readTree(Jsoup.parse(dom).getElementById("result").wholeText());
    List<String> differences = new ArrayList<>();
    int elements = 0;
    for (JsonNode result : results) {
      assertThat(result.get("elements").asInt()).isGreaterThan(3);
      assertThat(result.get("properties").asInt()).isGreaterThan(200);
      elements += result.get("elements").asInt();
      for (JsonNode difference : result.get("differences")) {
        differences.add(
            result.get("mail").asText()
                + " at "
                + result.get("width")
                + ": "
                + difference.asText());
      }
    }
    assertThat(MAILS).hasSizeGreaterThanOrEqualTo(50);
    assertThat(results).hasSize(2 * MAILS.size());
    assertThat(elements).isGreaterThan(5_000);
    assertThat(differences).isEmpty();
  }

  @Test
  void realMailsHaveTheirRulesInTheElements() {
    for (Map.Entry<String, String> mail : MAILS.entrySet()) {
      String after = INLINED.get(mail.getKey());

      assertThat(count(after, " style="))
          .as(mail.getKey())
          .isGreaterThan(count(mail.getValue(), " style="));
      assertThat(after.length()).as(mail.getKey()).isNotEqualTo(mail.getValue().length());
    }
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }
}
