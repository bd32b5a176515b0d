package dev.lettershop.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.KafkaBroker;
import dev.lettershop.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSourceTest {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final KafkaBroker broker = KafkaBroker.running();
  private final String topic = "customers" + TOPICS.incrementAndGet();
  private TestDatabase database;

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase();
    database.store().migrate(Samples.SCHEMA);
    broker.createTopic(topic, 2);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private PulledSource source(String provides, String more) {
    return PulledSource.of(
        """
        provides: %s
        identity: {key: customer_id}
        kafka:
          bootstrapServers: ["%s"]
          topic: %s
          groupId: group-of-%s
          tls: Disable
        %s
        """
            .formatted(provides, broker.bootstrap(), topic, topic, more.indent(2)));
  }

  private void send(int partition, String... values) {
    try (Producer<byte[], byte[]> producer = broker.producer(null)) {
      for (String value : values) {
        producer.send(
            new ProducerRecord<>(
                topic, partition, null, value == null ? null : value.getBytes(UTF_8)));
      }
    }
  }

  private static String customer(int id) {
    return "{\"customer_id\": " + id + ", \"email\": \"p" + id + "@example.com\"}";
  }

  @Test
  void reads_what_is_there_and_then_only_what_is_new() throws Exception {
    send(0, customer(1), customer(2));
    send(1, customer(3), null);
    PulledSource source = source("Profiles", "");

    SyncResult first = source.sync(database.store());
    SyncResult second = source.sync(database.store());
    send(1, customer(4));
    SyncResult third = source.sync(database.store());

    assertThat(first.counts().created()).isEqualTo(3);
    assertThat(first.reached().watermark()).isEqualTo("0:2 1:2");
    assertThat(first.reached().behind()).isZero();
    assertThat(first.reached().newest()).isNotNull();
    assertThat(second.records()).isZero();
    assertThat(third.records()).isEqualTo(1);
    assertThat(third.counts().created()).isEqualTo(1);
  }

  @Test
  void sets_poison_aside_and_goes_on() throws Exception {
    send(0, "{\"customer_id\": 1", "[1]", customer(2));

    SyncResult result = source("Profiles", "").sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(result.counts().created()).isEqualTo(1);
    assertThat(database.query("select position, reason, raw from quarantine order by id"))
        .containsExactly(
            topic + "/0:0 is not valid JSON {\"customer_id\": 1",
            topic + "/0:1 is not a JSON object [1]");
  }

  @Test
  void reads_cloud_events_in_both_modes() throws Exception {
    send(
        0,
        """
        {"specversion": "1.0", "id": "7", "source": "/shop", "type": "product_viewed",
         "time": "2026-11-20T10:00:00Z", "datacontenttype": "application/json",
         "data": {"customer_id": "1", "product_id": "P-1", "price": 9.5}}
        """);
    try (Producer<byte[], byte[]> producer = broker.producer(null)) {
      ProducerRecord<byte[], byte[]> binary =
          new ProducerRecord<>(
              topic, 1, null, "{\"customer_id\": \"1\", \"total\": 7}".getBytes(UTF_8));
      Map.of(
              "ce_specversion", "1.0",
              "ce_id", "8",
              "ce_source", "/shop",
              "ce_type", "order_completed",
              "ce_time", "2026-11-20T11:00:00Z",
              "content-type", "application/json")
          .forEach(
              (name, value) -> binary.headers().add(new RecordHeader(name, value.getBytes(UTF_8))));
      producer.send(binary);
    }
    send(1, "{\"no\": \"event\"}");

    SyncResult result = source("Events", "format: CloudEvents").sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(
            database.query(
                """
                select id, name, occurred_at at time zone 'UTC', properties->>'price',
                  properties->>'total' from event order by id
                """))
        .containsExactly(
            "/shop#7 product_viewed 2026-11-20 10:00:00.0 9.5 null",
            "/shop#8 order_completed 2026-11-20 11:00:00.0 null 7.0");
    assertThat(result.invalid())
        .singleElement()
        .asString()
        .contains("is not a CloudEvent: it has no specversion");
  }

  @Test
  void sees_nothing_of_transactions_that_were_aborted() throws Exception {
    try (Producer<byte[], byte[]> producer = broker.producer("tx-" + topic)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, null, customer(1).getBytes(UTF_8)));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, null, customer(2).getBytes(UTF_8)));
      producer.abortTransaction();
    }

    PulledSource source = source("Profiles", "");
    long[] created = {0};
    // The broker says that a transaction has ended before it lets readers see the end.
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(
            () -> {
              SyncResult result = source.sync(database.store());
              created[0] += result.counts().created();
              assertThat(created[0]).isEqualTo(1);
              assertThat(result.reached().behind()).isZero();
            });
    assertThat(source.sync(database.store()).counts().created()).isZero();
  }

  @Test
  void goes_by_the_stores_offsets_whatever_the_group_says() throws Exception {
    send(0, customer(1), customer(2));
    PulledSource source = source("Profiles", "");
    source.sync(database.store());
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(offsetOfGroup()).isEqualTo(2));
    database.execute("delete from source_position");

    SyncResult again = source.sync(database.store());

    assertThat(again.records()).isEqualTo(2);
    assertThat(again.counts().created()).isZero();
  }

  private long offsetOfGroup() throws Exception {
    try (Admin admin = broker.admin()) {
      var offset =
          admin
              .listConsumerGroupOffsets("group-of-" + topic)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(topic, 0));
      return offset == null ? -1 : offset.offset();
    }
  }

  @Test
  void says_when_messages_were_deleted_before_they_were_read() throws Exception {
    send(0, customer(1));
    PulledSource source = source("Profiles", "");
    source.sync(database.store());
    send(0, customer(2), customer(3), customer(4));
    try (Admin admin = broker.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
          .all()
          .get();
    }

    SyncResult result = source.sync(database.store());

    assertThat(result.counts().created()).isEqualTo(1);
    assertThat(result.invalid())
        .singleElement()
        .asString()
        .contains(topic + "/0:1: messages up to 3 were deleted before they were read");
  }

  @Test
  void begins_with_the_next_message_when_told_so() throws Exception {
    send(0, customer(1));
    PulledSource source = source("Profiles", "startAt: Latest");
    SyncResult first = source.sync(database.store());
    send(0, customer(2));

    SyncResult second = source.sync(database.store());

    assertThat(first.records()).isZero();
    assertThat(second.counts().created()).isEqualTo(1);
    assertThat(List.of(second.records())).containsExactly(1L);
  }

  @Test
  void says_that_there_is_no_such_topic() throws Exception {
    PulledSource missing =
        PulledSource.of(
            """
            identity: {key: customer_id}
            kafka: {bootstrapServers: ["%s"], topic: nothing, tls: Disable}
            """
                .formatted(broker.bootstrap()));

    assertThat(missing.sync(database.store()).problems().get(0).toString())
        .contains("spec.kafka.topic")
        .contains("no such topic");
  }
}
