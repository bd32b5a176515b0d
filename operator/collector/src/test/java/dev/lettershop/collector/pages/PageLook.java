package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

/**
 * Looks at pages with axe-core in a headless Chromium that reaches no network.
 *
 * @param folder for what it needs
 */
record PageLook(Path folder) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">(.*?)</pre>", 32);

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

  static void assumeBrowser() {
    if ((chromium().isEmpty() || axe().isEmpty())
        && "required".equals(System.getenv("LETTERSHOP_CLIENT_TESTS"))) {
      fail("There is no Chromium, or LETTERSHOP_CLIENTS names no folder with axe-core");
    }
    assumeTrue(chromium().isPresent() && axe().isPresent(), "no Chromium, or no axe-core");
  }

  /**
   * What is wrong with pages.
   *
   * @param all with name, html, styled, axe, and the width in pixels
   */
  JsonNode look(List<Map<String, Object>> all) throws Exception {
    String script;
    try (var in = PageLook.class.getResourceAsStream("accessibility.js")) {
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
            "--blink-settings=preferredColorScheme=1",
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
