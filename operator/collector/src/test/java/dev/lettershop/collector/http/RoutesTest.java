package dev.lettershop.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.collector.TestCollector;
import io.vertx.core.http.HttpMethod;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TestCollector collector =
      TestCollector.of(
          routes -> {
            routes.blocking(
                HttpMethod.GET,
                "/u/:token",
                100,
                request -> {
                  asked.incrementAndGet();
                  return Response.text(
                      200, request.parameters().get("token") + " " + request.query().get("Lang"));
                });
            routes.blocking(
                HttpMethod.POST, "/u/:token", 100, request -> Response.text(200, request.text()));
            routes.blocking(
                HttpMethod.GET,
                "/fails",
                100,
                request -> {
                  throw new IllegalStateException("ada@example.com");
                });
          });

  @AfterEach
  void stop() {
    collector.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(collector.uri(path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void givesAFeatureWhatWasAskedAndSendsItsAnswer() throws Exception {
    assertThat(send("GET", "/u/abc?Lang=de", "").body()).isEqualTo("abc de");
    assertThat(send("POST", "/u/abc", "List-Unsubscribe=One-Click").body())
        .isEqualTo("List-Unsubscribe=One-Click");
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/u/abc", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("content-length")).hasValue("8");
  }

  @Test
  void optionsReachNoFeature() throws Exception {
    HttpResponse<String> answer = send("OPTIONS", "/u/abc", "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD, OPTIONS, POST");
    assertThat(asked).hasValue(0);
  }

  @Test
  void bodiesBeyondTheBoundAreRefusedWhetherAnnouncedOrNot() throws Exception {
    assertThat(send("POST", "/u/abc", "x".repeat(101)).statusCode()).isEqualTo(413);
    HttpResponse<String> chunked =
        client.send(
            HttpRequest.newBuilder(collector.uri("/u/abc"))
                .timeout(Duration.ofSeconds(20))
                .POST(
                    HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString("x".repeat(101))))
                .build(),
            BodyHandlers.ofString());
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  @Test
  void aBodyWithoutEndIsCutOffAtTheBound() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", collector.uri("/").getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /u/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 11; i++) {
        out.write("a\r\n0123456789\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void aFailureSaysNothingOfItsReason() throws Exception {
    HttpResponse<String> answer = send("GET", "/fails", "");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("something went wrong; please try again\n");
  }

  @Test
  void aPathThatNobodyAnswersIsNotFound() throws Exception {
    assertThat(send("GET", "/nothing", "").statusCode()).isEqualTo(404);
  }
}
