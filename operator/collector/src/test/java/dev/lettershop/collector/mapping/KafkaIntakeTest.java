package dev.lettershop.collector.mapping;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lettershop.api.v1alpha1.collector.KafkaBuffer;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.collector.Http;
import dev.lettershop.collector.Shop;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.TestDatabase;
import dev.lettershop.collector.intake.IntakeFeature;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.kafka.KafkaConnector;
import dev.lettershop.source.connect.kafka.KafkaTopic;
import dev.lettershop.source.sync.ProgressListener;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.source.sync.SourceSync;
import dev.lettershop.testkit.KafkaBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a client by way of a real broker and the source that reads it into the store. */
class KafkaIntakeTest {
  private static final Credentials NO_LOGIN =
      (field, secret, key) -> {
        throw new IllegalStateException("nobody asks for " + field);
      };

  private final KafkaBroker broker = KafkaBroker.running();
  private TestDatabase database;
  private KafkaTopic topic;
  private TestCollector collector;

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase(Shop.SCHEMA);
    broker.createTopic("events", 2);
    topic =
        KafkaTopic.open(
            new KafkaBuffer(
                List.of(broker.bootstrap()), "events", null, null, TlsMode.Disable, null),
            NO_LOGIN);
    KafkaIntake intake = new KafkaIntake(topic, Shop.mappingSources(List.of()));
    await().atMost(60, SECONDS).until(intake::isReachable);
    collector =
        TestCollector.of(
            new IntakeFeature(
                Shop.intakeSources(),
                Shop.limits(),
                intake,
                intake::isReachable,
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                new Random(1)));
  }

  @AfterEach
  void stop() {
    collector.close();
    topic.close();
    database.close();
  }

  private void send(String key, String body) throws Exception {
    assertThat(
            Http.post(collector.uri("/v1/batch"), body, "authorization", Http.basic(key))
                .statusCode())
        .isEqualTo(200);
  }

  private void sync(String provides, String more) throws Exception {
    ProfileSourceSpec spec = spec(provides, more);
    Backoff never = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), () -> 0.5);
    new SourceSync(database.store(), Shop.SCHEMA, Shop.TOPICS, Clock.systemUTC(), 10, 100_000)
        .pull(
            new SourceDefinition(provides, spec),
            KafkaConnector.of(spec.kafka(), NO_LOGIN, provides),
            ProgressListener.SILENT,
            never,
            time -> {});
  }

  private ProfileSourceSpec spec(String provides, String more) throws JsonProcessingException {
    return JsonMappers.YAML.readValue(
        """
        provides: %s
        identity: {key: user_id}
        kafka: {bootstrapServers: ["%s"], topic: events, tls: Disable}
        onInvalid: {failAbovePercent: 100}
        %s
        """
            .formatted(provides, broker.bootstrap(), more),
        ProfileSourceSpec.class);
  }

  @Test
  void eventsReachTheStoreOnceAndWhatABrowserMayNotSayDoesNot() throws Exception {
    String events =
        """
        {"batch":[
          {"type":"track","event":"Product Viewed","userId":"42","messageId":"m1",
           "timestamp":"2026-11-30T10:00:00Z","properties":{"productId":"p1","price":9.5}},
          {"type":"page","userId":"42","messageId":"m2","properties":{"title":"Home"}},
          {"type":"identify","userId":"42","messageId":"m3","traits":{"plan":"gold"}},
          {"type":"track","userId":"42","messageId":"m4","timestamp":"yesterday","event":"x"}]}
        """;
    send(Shop.SERVER_KEY, events);
    send(Shop.SERVER_KEY, events);
    send(
        Shop.BROWSER_KEY,
        """
        {"batch":[{"type":"identify","userId":"42","messageId":"b1","traits":{"plan":"stolen"},
          "context":{"traits":{"plan":"stolen"}}}]}
        """);

    sync("Events", "");
    sync(
        "Profiles",
        "mapping: [{to: plan, value: \"has(record.traits) && has(record.traits.plan) ? record.traits.plan : ''\"}]");

    assertThat(database.query("select name, properties ->> 'product_id' from event order by name"))
        .containsExactly("page_viewed null", "product_viewed p1");
    assertThat(database.query("select distinct plan from profile where plan is not null"))
        .containsExactly("gold");
    assertThat(database.query("select count(*) > 0 from quarantine where raw like '%yesterday%'"))
        .containsExactly("true");
  }
}
