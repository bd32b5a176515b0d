package dev.lettershop.worker.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.testkit.ApiStandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StatusReporterTest {
  private static final Duration PERIOD = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path scratch;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private ApiStandIn api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiStandIn(scratch.resolve("account"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private StatusReporter reporter(String url, Duration period) {
    ApiServer server = new ApiServer(URI.create(url), api.serviceAccount());
    return new StatusReporter(
        new StatusPatch(server, "shop", "campaignruns", "one"), notes::add, period);
  }

  @Test
  void statusIsWrittenAtOnceThenNowAndThenAndAtTheEnd() {
    AtomicInteger figure = new AtomicInteger();
    StatusReporter reporter = reporter(api.url(), PERIOD);
    long start = System.nanoTime();
    reporter.start(() -> Map.of("size", figure.incrementAndGet()));
    Awaitility.await().atMost(PATIENCE).until(() -> api.patches().size() >= 3);
    long most = 1 + (System.nanoTime() - start) / PERIOD.toNanos();
    assertThat((long) figure.get()).isLessThanOrEqualTo(most);
    reporter.end(Map.of("size", 99));

    assertThat(api.patches().get(0).body().toString()).isEqualTo("{\"status\":{\"size\":1}}");
    assertThat(api.lastPatch().body().toString()).isEqualTo("{\"status\":{\"size\":99}}");
  }

  @Test
  void aStatusThatHasNothingBeforeTheEndIsWrittenOnce() {
    StatusReporter reporter = reporter(api.url(), PERIOD);
    reporter.start(null);
    reporter.end(Map.of("size", 99));

    assertThat(api.patches()).hasSize(1);
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgain() {
    AtomicInteger asked = new AtomicInteger();
    StatusReporter reporter = reporter(api.url(), PERIOD);
    reporter.start(
        () -> {
          asked.incrementAndGet();
          return Map.of("size", 1);
        });
    Awaitility.await().atMost(PATIENCE).until(() -> asked.get() >= 4);
    reporter.end(Map.of("size", 1));

    assertThat(api.patches()).hasSize(1);
  }

  @Test
  void anObjectThatIsNotThereYetIsTriedAgainWithoutAWord() {
    api.answer(404);
    StatusReporter reporter = reporter(api.url(), PERIOD);
    reporter.start(() -> Map.of("size", 1));
    Awaitility.await().atMost(PATIENCE).until(() -> api.patches().size() >= 2);
    api.answer(200);
    reporter.end(Map.of("size", 99));

    assertThat(api.lastPatch().body().at("/status/size").asInt()).isEqualTo(99);
    assertThat(notes).noneMatch(note -> note.contains("404"));
  }

  @Test
  void aTokenThatWasExchangedIsUsedFromThenOn() throws IOException {
    StatusReporter reporter = reporter(api.url(), PERIOD);
    AtomicInteger figure = new AtomicInteger();
    reporter.start(() -> Map.of("size", figure.incrementAndGet()));
    Awaitility.await().atMost(PATIENCE).until(() -> !api.patches().isEmpty());
    api.token("second-token");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> api.lastPatch().authorization().equals("Bearer second-token"));
    reporter.end(null);

    assertThat(api.patches().get(0).authorization()).isEqualTo("Bearer first-token");
  }

  @Test
  void aRefusalIsSaidOnceHoweverOftenItComes() {
    api.answer(403);
    StatusReporter reporter = reporter(api.url(), PERIOD);
    reporter.start(() -> Map.of("size", 1));
    Awaitility.await().atMost(PATIENCE).until(() -> api.patches().size() >= 3);
    reporter.end(null);

    assertThat(notes).singleElement().asString().contains("403");
  }

  @Test
  void aServerThatSaysNothingDelaysTheEndByNoMoreThanTheLastWordsMayTake() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      StatusReporter reporter =
          reporter("http://127.0.0.1:" + silent.getLocalPort(), StatusReporter.PERIOD);
      reporter.start(() -> Map.of("size", 1));
      long start = System.nanoTime();
      reporter.end(Map.of("size", 99));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(StatusReporter.LAST_WORDS.plusSeconds(2));
    }
  }

  @Test
  void figuresThatCannotBeHadStopNothing() {
    StatusReporter reporter = reporter(api.url(), PERIOD);
    reporter.start(
        () -> {
          throw new IllegalStateException("no figures");
        });
    Awaitility.await().atMost(PATIENCE).until(() -> !notes.isEmpty());
    reporter.end(Map.of("size", 99));

    assertThat(api.lastPatch().body().at("/status/size").asInt()).isEqualTo(99);
  }
}
