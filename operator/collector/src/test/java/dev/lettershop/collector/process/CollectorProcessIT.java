package dev.lettershop.collector.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.collector.Http;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The packaged collector, as a Pod runs it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorProcessIT {
  private Path folder;

  private PostgresServer postgres;
  private CollectorServer collector;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    postgres = PostgresServer.start(folder);
    collector =
        CollectorServer.start(
            CollectorFolder.write(folder, postgres.port(), "postgres", List.of()),
            folder.resolve("collector.log"));
  }

  @AfterAll
  void stop() throws Exception {
    collector.close();
    postgres.close();
  }

  private int track(String message) throws Exception {
    return Http.post(
            collector.uri("/v1/track"),
            "{\"event\":\"product_viewed\",\"userId\":\"42\",\"messageId\":\"" + message + "\"}",
            "authorization",
            Http.basic(CollectorFolder.SERVER_KEY))
        .statusCode();
  }

  @Test
  void takesEventsAndCountsThem() throws Exception {
    assertThat(track("m1")).isEqualTo(200);
    await()
        .atMost(60, SECONDS)
        .until(
            () ->
                collector
                    .get("/q/metrics")
                    .body()
                    .contains(
                        "lettershop_collector_events_total{outcome=\"mapped\",source=\"shop\",type=\"track\"}"));
    assertThat(collector.get("/q/metrics").body())
        .contains("lettershop_collector_calls_total{source=\"shop\"}")
        .contains("lettershop_collector_commit_seconds_bucket{le=\"0.05\"}")
        .contains("lettershop_collector_queue_rows 0.0")
        .contains("lettershop_collector_lag_seconds");
    assertThat(collector.log()).doesNotContain("ERROR");
  }

  @Test
  void probesTellThatItHasStartedLivesAndIsReady() throws Exception {
    for (String probe : List.of("started", "live", "ready")) {
      assertThat(collector.get("/q/health/" + probe).statusCode()).as(probe).isEqualTo(200);
    }
  }

  @Test
  void showsNothingOfItsInsideToThePublic() throws Exception {
    for (String path : List.of("/q/health/ready", "/q/metrics", "/q/health", "/", "/q/dev")) {
      assertThat(Http.send("GET", collector.uri(path), new byte[0]).statusCode())
          .as(path)
          .isEqualTo(404);
    }
  }

  @Test
  void aClientThatDripsIsCutOff() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", collector.uri("/").getPort())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Thread drip =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 900; i++) {
                    SECONDS.sleep(1);
                    out.write(' ');
                    out.flush();
                  }
                } catch (Exception closed) {
                  Thread.currentThread().interrupt();
                }
              });
      drip.start();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      drip.interrupt();
      assertThat(answer).isEqualTo("HTTP/1.1 408");
    }
  }
}
