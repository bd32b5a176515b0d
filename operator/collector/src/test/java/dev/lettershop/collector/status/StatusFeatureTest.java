package dev.lettershop.collector.status;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.testkit.ApiStandIn;
import dev.lettershop.worker.status.ApiServer;
import dev.lettershop.worker.status.StatusPatch;
import dev.lettershop.worker.status.StatusReporter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFeatureTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-12-01T10:00:00.123Z"), ZoneOffset.UTC);

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong lag = new AtomicLong(7);
  private final List<String> notes = new ArrayList<>();
  @TempDir Path scratch;
  private ApiStandIn api;

  @BeforeEach
  void start() throws Exception {
    api = new ApiStandIn(scratch.resolve("account"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private StatusFeature feature(boolean web, boolean mapping) {
    registry.gauge("lettershop.collector.lag.seconds", lag, AtomicLong::get);
    StatusPatch patch =
        new StatusPatch(
            new ApiServer(URI.create(api.url()), api.serviceAccount()),
            "shop",
            "collectors",
            "links");
    return new StatusFeature(
        new StatusReporter(patch, notes::add, Duration.ofMillis(20)),
        "links-collector-abc",
        web,
        mapping,
        registry,
        CLOCK);
  }

  private JsonNode pod() {
    return api.lastPatch().body().at("/status/pods/links-collector-abc");
  }

  @Test
  void aPodTellsWhatItHasTakenRefusedAndNotYetProcessed() {
    registry.counter("lettershop.collector.calls", "source", "web").increment(3);
    registry.counter("lettershop.collector.calls", "source", "shop").increment(4);
    registry.counter("lettershop.collector.refused.requests", "reason", "Key").increment();
    try (StatusFeature feature = feature(true, true)) {
      feature.register(null);
      await().atMost(60, SECONDS).until(() -> !api.patches().isEmpty());
    }

    assertThat(pod().toString())
        .isEqualTo(
            "{\"accepted\":7,\"refused\":1,\"lagSeconds\":7,\"time\":\"2026-12-01T10:00:00Z\"}");
    assertThat(api.patches()).as("nothing was counted since").hasSize(1);
  }

  @Test
  void whatIsCountedLaterIsToldAtTheLatestAtTheEnd() {
    try (StatusFeature feature = feature(true, true)) {
      feature.register(null);
      await().atMost(60, SECONDS).until(() -> !api.patches().isEmpty());
      registry.counter("lettershop.collector.calls", "source", "web").increment(5);
    }
    assertThat(pod().path("accepted").asInt()).isEqualTo(5);
  }

  @Test
  void ofTwoContainersEachTellsWhatItKnows() {
    try (StatusFeature feature = feature(false, true)) {
      feature.register(null);
    }
    assertThat(pod().fieldNames()).toIterable().containsExactly("lagSeconds", "time");

    try (StatusFeature feature = feature(true, false)) {
      feature.register(null);
    }
    assertThat(pod().fieldNames()).toIterable().containsExactly("accepted", "refused", "time");
  }
}
