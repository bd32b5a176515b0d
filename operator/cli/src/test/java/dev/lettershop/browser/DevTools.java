package dev.lettershop.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** One page of a Chromium that takes pictures of many mails, one after the other. */
final class DevTools implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LISTENING = "DevTools listening on ";
  private static final long DEADLINE_SECONDS = 120;

  private final Process browser;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private String session;
  private String frame;

  private DevTools(Process browser, URI address) throws Exception {
    this.browser = browser;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Answers())
            .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Starts a browser with an empty page.
   *
   * @param profile an empty folder for what it leaves behind
   */
  static DevTools start(Path binary, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--disable-lcd-text",
                "--force-color-profile=srgb",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    DevTools tools = new DevTools(process, address(process));
    JsonNode target = tools.call("Target.createTarget", Map.of("url", "about:blank"));
    tools.session =
        tools
            .call(
                "Target.attachToTarget",
                Map.of("targetId", target.get("targetId").asText(), "flatten", true))
            .get("sessionId")
            .asText();
    tools.frame = tools.call("Page.getFrameTree", Map.of()).at("/frameTree/frame/id").asText();
    return tools;
  }

  /** Waits for the line that says where it listens, and goes on reading lest the browser block. */
  private static URI address(Process process) throws Exception {
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  if (line.startsWith(LISTENING)) {
                    address.complete(URI.create(line.substring(LISTENING.length()).strip()));
                  }
                }
              } catch (IOException e) {
                address.completeExceptionally(e);
              }
              address.completeExceptionally(new IOException("the browser ended without listening"));
            });
    reader.setDaemon(true);
    reader.start();
    return address.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** How a mail is looked at: width of the window in CSS pixels, and the reader's colours. */
  record View(int width, boolean dark) {}

  /** A picture of the whole mail, once its pictures and fonts are there. */
  BufferedImage picture(String html, View view) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", view.width(), "height", 800, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", view.dark() ? "dark" : "light"))));
    call("Page.setDocumentContent", Map.of("frameId", frame, "html", html));
    JsonNode loaded =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression",
                """
                Promise.all([...document.fonts].map(font => font.load()))
                    .then(() => Promise.all([...document.images].map(image => image.decode())))
                    .then(() => document.fonts.ready).then(() => 'loaded')
                """,
                "awaitPromise",
                true));
    if (!"loaded".equals(loaded.at("/result/value").asText())) {
      throw new IOException("a picture or font of the mail cannot be loaded: " + loaded);
    }
    JsonNode size = call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    JsonNode shot =
        call(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "optimizeForSpeed",
                true,
                "captureBeyondViewport",
                true,
                "clip",
                Map.of(
                    "x", 0,
                    "y", 0,
                    "width", view.width(),
                    "height", size.get("height").asInt(),
                    "scale", 1)));
    byte[] png = Base64.getDecoder().decode(shot.get("data").asText());
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    Map<String, Object> message = new java.util.HashMap<>();
    message.put("id", number);
    message.put("method", method);
    message.put("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(JSON.writeValueAsString(message), true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    JsonNode reply = answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    if (reply.has("error")) {
      throw new IOException(method + " was refused: " + reply.get("error"));
    }
    return reply.get("result");
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    browser.descendants().forEach(ProcessHandle::destroyForcibly);
    browser.destroyForcibly().waitFor();
  }

  /** Hands every answer to who waits for it; events are passed over. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        try {
          JsonNode answer = JSON.readTree(message);
          CompletableFuture<JsonNode> waiting = answers.remove(answer.path("id").asInt());
          if (waiting != null) {
            waiting.complete(answer);
          }
        } catch (IOException e) {
          answers.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
      }
      from.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      answers.values().forEach(waiting -> waiting.completeExceptionally(error));
    }
  }
}
