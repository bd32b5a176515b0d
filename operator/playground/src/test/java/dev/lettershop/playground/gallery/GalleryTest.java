package dev.lettershop.playground.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
  private static final GallerySummary SUMMARY =
      new GallerySummary(
          "Spring sale",
          "run first",
          List.of(new GallerySummary.Figure("sent", 90)),
          List.of(
              new GallerySummary.Group(
                  "Left out", List.of(new GallerySummary.Figure("no consent", 3)))));

  @TempDir private Path directory;
  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void listsEveryMailAndPutsItsPartsIntoPieces() throws IOException {
    Files.createDirectories(directory.resolve("mails"));
    for (int i = 1; i <= 90; i++) {
      Files.writeString(directory.resolve("mails/%05d.eml".formatted(i)), mail(i));
    }

    Path page =
        new Gallery(directory)
            .write(
                SUMMARY,
                (to, subject, text) -> {
                  assertThat(subject + text).contains(to.replaceAll("\\D", ""));
                  return Map.of("City", to.isEmpty() ? "" : "New York");
                });

    assertThat(page).exists().content().contains("data/index.js");
    JsonNode index = data("index.js");
    assertThat(index.at("/summary/groups/0/figures/0/value").asInt()).isEqualTo(3);
    assertThat(index.get("mails")).hasSize(90);
    JsonNode entry = index.at("/mails/82");
    assertThat(entry.get("file").asText()).isEqualTo("mails/00083.eml");
    assertThat(entry.get("subject").asText()).isEqualTo("Grüße, 83");
    assertThat(entry.get("name").asText()).isEqualTo("Zoë Ångström");
    assertThat(entry.get("to").asText()).isEqualTo("zoe83@example.com");
    assertThat(entry.get("from").asText()).isEqualTo("Acme Shop <news@shop.example>");
    assertThat(entry.get("date").asText()).isEqualTo("2026-11-23T09:00:00Z");
    assertThat(entry.at("/facets/City").asText()).isEqualTo("New York");
    assertThat(entry.get("snippet").asText()).isEqualTo("Hello 83 – plain");

    int piece = index.get("piece").asInt();
    JsonNode parts = data("mails-" + 82 / piece + ".js").get(82 % piece);
    assertThat(parts.get("html").asText()).isEqualTo("<p>Hello 83 – café</p>\r\n");
    assertThat(parts.get("text").asText()).isEqualTo("Hello 83 –\r\nplain");
    assertThat(parts.get("headers").asText()).endsWith("boundary=\"b\"").doesNotContain("Hello");
  }

  @Test
  void showsAnEmptyInbox() throws IOException {
    Files.createDirectories(directory.resolve("mails"));

    new Gallery(directory).write(SUMMARY, (to, subject, text) -> Map.of());

    assertThat(data("index.js").get("mails")).isEmpty();
  }

  /** What stands between the outermost brackets of the call. */
  private JsonNode data(String file) throws IOException {
    String script = Files.readString(directory.resolve("data").resolve(file));
    assertThat(script).startsWith("lettershop.").endsWith(");\n");
    String json = script.substring(script.indexOf('(') + 1, script.lastIndexOf(')'));
    return mapper.readTree(json.replaceFirst("^\\d+, ", ""));
  }

  private static String mail(int number) {
    return String.join(
        "\r\n",
        "From: Acme Shop <news@shop.example>",
        "To: =?UTF-8?Q?Zo=C3=AB_=C3=85ngstr=C3=B6m?= <zoe" + number + "@example.com>",
        "Subject: =?UTF-8?B?R3LDvMOfZSw=?= " + number,
        "Date: Mon, 23 Nov 2026 10:00:00 +0100",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative; boundary=\"b\"",
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        "Hello " + number + " –",
        "plain",
        "--b",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "<p>Hello " + number + " =E2=80=93 caf=C3=A9</p>",
        "",
        "--b--",
        "");
  }
}
