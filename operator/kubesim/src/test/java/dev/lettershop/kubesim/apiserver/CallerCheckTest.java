package dev.lettershop.kubesim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerCheckTest {
  private static final String MAP =
      "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"%s\"}}";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private static InMemoryApiServer server;

  @BeforeAll
  static void start() {
    server = InMemoryApiServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What a browser could send; clients of Java would not let one write these headers. */
  private static int status(String method, String path, String headers, String body)
      throws IOException {
    int port = URI.create(server.url()).getPort();
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method + " " + path + " HTTP/1.1\r\n" + headers.replace("PORT", String.valueOf(port));
    String length = content.length == 0 ? "" : "Content-Length: " + content.length + "\r\n";
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      socket
          .getOutputStream()
          .write((head + length + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(content);
      socket.getOutputStream().flush();
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      return Integer.parseInt(line.split(" ")[1]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:PORT, 200",
    "localhost:PORT, 200",
    "LOCALHOST, 200",
    "[::1]:PORT, 200",
    "rebound.example:PORT, 403",
    "127.0.0.1.rebound.example, 403",
    "localhost.example:PORT, 403",
  })
  void secretsAreListedForThisMachineAlone(String host, int status) throws IOException {
    assertThat(status("GET", "/api/v1/secrets", "Host: " + host + "\r\n", "")).isEqualTo(status);
    assertThat(
            status("GET", "/api/v1/secrets?watch=1&timeoutSeconds=1", "Host: " + host + "\r\n", ""))
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:PORT, 200",
    "http://localhost:PORT, 200",
    "https://shop.example, 403",
    "null, 403",
    "http://localhost.example, 403",
  })
  void pagesOfElsewhereGetNoAnswer(String origin, int status) throws IOException {
    String headers = "Host: 127.0.0.1:PORT\r\nOrigin: " + origin + "\r\n";

    assertThat(status("GET", "/api/v1/secrets", headers, "")).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 201",
    "application/json; charset=utf-8, 201",
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
    "multipart/form-data; boundary=x, 415",
  })
  void objectsComeAsJson(String contentType, int status) throws IOException {
    String name = "map-" + contentType.replaceAll("[^a-z]+", "-") + "x";
    String headers = "Host: 127.0.0.1:PORT\r\nContent-Type: " + contentType + "\r\n";

    assertThat(status("POST", MAPS, headers, MAP.formatted(name))).isEqualTo(status);
    assertThat(server.client().configMaps().withName(name).get() != null).isEqualTo(status == 201);
  }

  @Test
  void aFormOfAPageCannotPlantAnything() throws IOException {
    String headers =
        "Host: 127.0.0.1:PORT\r\nOrigin: https://shop.example\r\nContent-Type: text/plain\r\n";

    assertThat(status("POST", MAPS, headers, MAP.formatted("planted"))).isEqualTo(403);
    assertThat(server.client().configMaps().withName("planted").get()).isNull();
  }
}
