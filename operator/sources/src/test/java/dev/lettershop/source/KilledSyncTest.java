package dev.lettershop.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.lettershop.source.sync.ProgressListener;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.KafkaBroker;
import dev.lettershop.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever moment a sync is killed at: syncing again leaves the store as one sync would have. */
@Tag("slow")
class KilledSyncTest {
  private static final int ROWS = 3000;
  private static final int KILLS = 25;

  private final Random random = new Random();
  private TestDatabase killed;
  private TestDatabase clean;

  @BeforeEach
  void start() throws SQLException {
    killed = new TestDatabase();
    clean = new TestDatabase();
    killed.store().migrate(Samples.SCHEMA);
    clean.store().migrate(Samples.SCHEMA);
  }

  @AfterEach
  void close() {
    killed.close();
    clean.close();
  }

  @Test
  void of_every_kind_in_the_middle_of_a_transaction() throws Exception {
    List<ParkedSyncs.Sync> syncs = new ArrayList<>();
    with_every_kind(
        (name, yaml, secrets) ->
            syncs.add(new ParkedSyncs.Sync(name, yaml, secrets, 1 + random.nextInt(2))),
        () -> {
          assertThat(ParkedSyncs.kill(killed, syncs))
              .containsExactly("database", "api", "topic", "collection");
          for (ParkedSyncs.Sync sync : syncs) {
            PulledSource source = PulledSource.of(sync.yaml(), sync.secrets());
            for (TestDatabase store : List.of(clean, killed)) {
              SyncResult rest =
                  source.sync(
                      sync.name(), store.store(), ParkedSyncs.PORTION, ProgressListener.SILENT);
              assertThat(rest.problems()).isEmpty();
              assertThat(rest.records()).isPositive();
            }
          }
          same();
        });
  }

  @Test
  @Tag("soak")
  void of_every_kind_many_times() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      with_every_kind(
          (name, yaml, secrets) -> {
            check(2, yaml, secrets);
            renew();
          },
          () -> {});
    }
  }

  /** Does something with a source of each kind while it can be read, and something at the end. */
  private interface Use {
    void of(String name, String yaml, Map<String, String> secrets) throws Exception;
  }

  private interface Then {
    void run() throws Exception;
  }

  private void with_every_kind(Use use, Then then) throws Exception {
    MongoServer mongo = new MongoServer(new MemoryBackend());
    try (TestDatabase crm = new TestDatabase();
        CustomerApi api = new CustomerApi(ROWS)) {
      database(crm, use);
      api(api, use);
      topic(use);
      collection(mongo.bindAndGetConnectionString(), use);
      then.run();
    } finally {
      mongo.shutdownNow();
    }
  }

  private void renew() throws SQLException {
    close();
    start();
  }

  private void database(TestDatabase crm, Use use) throws Exception {
    crm.execute(
        """
          create table public.customers as
          select n as customer_id, 'p' || n || '@example.com' as email, 'P' || n as first_name,
            timestamptz '2026-11-01' + (n / 3) * interval '1 second' as updated_at
          from generate_series(1, %d) n
          """
            .formatted(ROWS));
    use.of(
        "database",
        """
          identity: {key: customer_id, alsoMatch: [email]}
          jdbc:
            url: %s
            credentialsSecretRef: {name: crm}
            tls: {mode: Disable}
            query: select * from public.customers
            watermarkColumn: updated_at
            fetchSize: 500
          """
            .formatted(crm.url()),
        Map.of("crm/username", "postgres", "crm/password", ""));
  }

  private void api(CustomerApi api, Use use) throws Exception {
    use.of(
        "api",
        """
          identity: {key: customer_id, alsoMatch: [email]}
          http:
            url: "%s"
            itemsPath: /data/items
            requestsPerSecond: 1000
            allowPrivateAddresses: true
            paging: {type: Cursor, parameter: cursor, cursorPath: /meta/next}
            watermarkPath: /updated_at
            sinceParameter: since
          """
            .formatted(api.url("/customers")),
        Map.of());
  }

  private void topic(Use use) throws Exception {
    KafkaBroker broker = KafkaBroker.running();
    String topic = "killed" + Long.toHexString(random.nextLong());
    broker.createTopic(topic, 3);
    List<Integer> missing = IntStream.rangeClosed(1, ROWS).boxed().toList();
    for (int attempt = 0; attempt < 3 && !missing.isEmpty(); attempt++) {
      missing = produce(broker, topic, missing);
    }
    assertThat(missing).as("rows that the broker has not taken").isEmpty();
    use.of(
        "topic",
        """
        identity: {key: customer_id, alsoMatch: [email]}
        kafka: {bootstrapServers: ["%s"], topic: %s, tls: Disable}
        """
            .formatted(broker.bootstrap(), topic),
        Map.of());
  }

  /**
   * Seldom, the broker forgets about a batch; another producer is then heard.
   *
   * @return the rows that it has not taken
   */
  private static List<Integer> produce(KafkaBroker broker, String topic, List<Integer> rows)
      throws InterruptedException {
    Map<Integer, Future<RecordMetadata>> written = new LinkedHashMap<>();
    List<Integer> missing = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = broker.producer(null)) {
      for (int i : rows) {
        String value = "{\"customer_id\": %d, \"email\": \"p%d@example.com\"}".formatted(i, i);
        written.put(
            i, producer.send(new ProducerRecord<>(topic, i % 3, null, value.getBytes(UTF_8))));
      }
      for (Map.Entry<Integer, Future<RecordMetadata>> row : written.entrySet()) {
        try {
          row.getValue().get();
        } catch (ExecutionException e) {
          missing.add(row.getKey());
        }
      }
    }
    return missing;
  }

  private void collection(String uri, Use use) throws Exception {
    try (MongoClient client = MongoClients.create(uri)) {
      List<Document> documents = new ArrayList<>();
      for (int i = 1; i <= ROWS; i++) {
        documents.add(new Document("customer_id", i).append("email", "p" + i + "@example.com"));
      }
      client.getDatabase("shop").getCollection("customers").insertMany(documents);
    }
    use.of(
        "collection",
        """
        identity: {key: customer_id, alsoMatch: [email]}
        mongodb:
          uriSecretRef: {name: mongo, key: uri}
          database: shop
          collection: customers
        """,
        Map.of("mongo/uri", uri));
  }

  private void check(int kills, String yaml, Map<String, String> secrets) throws Exception {
    PulledSource source = PulledSource.of(yaml, secrets);
    source.sync(clean.store(), SyncProcess.PORTION, ProgressListener.SILENT);
    int alive = 0;
    for (int i = 0; i < kills; i++) {
      alive += SyncProcess.killAfter(1 + random.nextInt(3), killed, yaml, secrets) ? 1 : 0;
    }
    SyncResult rest = source.sync(killed.store(), SyncProcess.PORTION, ProgressListener.SILENT);

    assertThat(alive).as("syncs that were killed under way").isPositive();
    assertThat(rest.problems()).isEmpty();
    same();
  }

  private void same() throws SQLException {
    for (String query :
        List.of(
            "select email, first_name, extra from profile order by email",
            "select kind, value from identity order by 1, 2",
            "select source, origin, position from source_position order by 1",
            "select position, reason from quarantine order by 1")) {
      assertThat(killed.query(query)).as(query).isEqualTo(clean.query(query));
    }
    assertThat(killed.query("select count(*) from profile")).containsExactly("" + ROWS);
  }
}
