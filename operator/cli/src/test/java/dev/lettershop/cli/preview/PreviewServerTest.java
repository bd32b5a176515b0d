package dev.lettershop.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.preview.PreviewGallery.Page;
import dev.lettershop.worker.preview.PreviewMail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreviewServerTest {
  private PreviewServer server;

  @BeforeEach
  void start() throws IOException {
    server = PreviewServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void it_shows_the_latest_page_and_counts_versions() throws Exception {
    server.show(new Page("<p>one", Map.of("mails/a.eml", new byte[] {'x'})));
    String first = get("version").body();
    assertThat(get("").body()).isEqualTo("<p>one");
    assertThat(get("mails/a.eml").body()).isEqualTo("x");

    server.show(new Page("<p>two", Map.of()));

    assertThat(get("").body()).isEqualTo("<p>two");
    assertThat(get("version").body()).isNotEqualTo(first);
    assertThat(get("mails/a.eml").statusCode()).isEqualTo(404);
    assertThat(get("../secrets.yaml").statusCode()).isEqualTo(404);
  }

  @Test
  void who_calls_it_by_another_name_is_refused() throws Exception {
    String port = ":" + server.port();
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost" + port + "\r\n\r\n")).contains("200");
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example" + port + "\r\n\r\n")).contains("421");
    assertThat(raw("GET / HTTP/1.0\r\n\r\n")).contains("421");
    assertThat(raw("POST / HTTP/1.1\r\nHost: localhost" + port + "\r\nContent-Length: 0\r\n\r\n"))
        .contains("405");
  }

  @Test
  void a_change_is_shown_and_a_fault_stands_beside_what_was_shown_before() throws Exception {
    String[] state = {"a"};
    String[] text = {
      "apiVersion: lettershop.dev/v1alpha1\nkind: Segment\nmetadata: {name: x}\nspec: {expression: 'true'}\n"
    };
    LivePreview preview =
        new LivePreview(
            () -> state[0],
            () -> loaded(text[0]),
            ManifestFiles.Loaded::resources,
            (resources, findings) -> List.<PreviewMail>of(),
            null);

    assertThat(preview.look(server)).isTrue();
    assertThat(preview.look(server)).as("nothing has changed").isFalse();
    assertThat(get("").body())
        .contains("const live = true", "const general = []", "connect-src 'self'");

    state[0] = "b";
    text[0] = text[0].replace("expression", "expresion");
    assertThat(preview.look(server)).isTrue();
    assertThat(get("").body()).contains("did you mean").contains("expresion");
  }

  private static ManifestFiles.Loaded loaded(String text) {
    ResourceSet.Builder builder = ResourceSet.builder().add(ResourceParser.parse("x.yaml", text));
    return new ManifestFiles.Loaded(builder.build(), List.of(), builder.diagnostics());
  }
}
