package dev.lettershop.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.TestDatabase;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Against a server that speaks MongoDB's wire protocol to MongoDB's driver, and is not MongoDB's
 * own: that one cannot be had from Maven.
 */
@Tag("slow")
class MongodbSourceTest {
  private final MongoServer server = new MongoServer(new MemoryBackend());
  private MongoClient client;
  private MongoCollection<Document> customers;
  private TestDatabase database;

  @BeforeEach
  void start() throws Exception {
    server.enableOplog();
    String uri = server.bindAndGetConnectionString();
    client = MongoClients.create(uri);
    customers = client.getDatabase("shop").getCollection("customers");
    database = new TestDatabase();
    database.store().migrate(Samples.SCHEMA);
  }

  @AfterEach
  void close() {
    client.close();
    server.shutdownNow();
    database.close();
  }

  private PulledSource source(String more) {
    return PulledSource.of(
        """
        identity: {key: customer_id}
        mapping:
        - {to: city, value: "record.address.city"}
        mongodb:
          uriSecretRef: {name: mongo, key: uri}
          database: shop
          collection: customers
        %s
        """
            .formatted(more.indent(2)),
        Map.of("mongo/uri", server.getConnectionString()));
  }

  private void insert(int id, String city) {
    customers.insertOne(
        Document.parse(
            """
            {"customer_id": {"$numberLong": "%d"}, "email": "p%d@example.com",
             "lifetime_value": {"$numberDecimal": "12.50"}, "visits": 3,
             "last_active_at": {"$date": "2026-11-01T10:00:00Z"}, "interests": ["a", "b"],
             "address": {"city": "%s"}}
            """
                .formatted(id, id, city)));
  }

  @Test
  void reads_documents_with_their_types_and_then_those_with_a_higher_id() throws Exception {
    insert(1, "Boston");
    insert(2, "Rome");

    SyncResult first = source("").sync(database.store());
    SyncResult second = source("").sync(database.store());
    insert(3, "Oslo");
    SyncResult third = source("").sync(database.store());

    assertThat(first.problems()).isEmpty();
    assertThat(first.counts().created()).isEqualTo(2);
    assertThat(first.reached().watermark()).hasSize(24);
    assertThat(second.records()).isZero();
    assertThat(third.records()).isEqualTo(1);
    assertThat(
            database.query(
                """
                select city, lifetime_value, visits, last_active_at at time zone 'UTC', interests
                from profile order by email limit 1
                """))
        .containsExactly("Boston 12.5 3 2026-11-01 10:00:00.0 {a,b}");
  }

  @Test
  void reads_only_what_the_filter_lets_through() throws Exception {
    insert(1, "Boston");
    insert(2, "Rome");

    SyncResult result = source("filter: '{\"address.city\": \"Rome\"}'").sync(database.store());

    assertThat(result.records()).isEqualTo(1);
  }

  @Test
  void follows_changes_once_everything_has_been_read() throws Exception {
    insert(1, "Boston");
    PulledSource source = source("changeStream: true");
    SyncResult all = source.sync(database.store());
    customers.updateOne(Filters.eq("customer_id", 1L), Updates.set("address.city", "Paris"));
    insert(2, "Rome");
    customers.deleteOne(Filters.eq("customer_id", 2L));
    insert(3, "Oslo");

    SyncResult changes = source.sync(database.store());
    SyncResult nothing = source.sync(database.store());

    assertThat(all.counts().created()).isEqualTo(1);
    assertThat(changes.problems()).isEmpty();
    assertThat(changes.counts().changed()).isEqualTo(1);
    assertThat(nothing.records()).isZero();
    assertThat(database.query("select city from profile where email = 'p1@example.com'"))
        .containsExactly("Paris");
    assertThat(database.query("select city from profile where email = 'p3@example.com'"))
        .containsExactly("Oslo");
  }

  @Test
  void keeps_the_connection_string_out_of_messages() throws Exception {
    PulledSource wrong =
        PulledSource.of(
            """
            identity: {key: customer_id}
            mongodb:
              uriSecretRef: {name: mongo, key: uri}
              database: shop
              collection: customers
            """,
            Map.of("mongo/uri", "mongo://ada:s3cret@nowhere"));

    assertThat(wrong.sync(database.store()).problems().get(0).toString())
        .contains("holds no connection string")
        .doesNotContain("s3cret");
  }
}
