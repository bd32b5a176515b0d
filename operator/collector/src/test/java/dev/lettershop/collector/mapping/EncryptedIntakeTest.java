package dev.lettershop.collector.mapping;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.collector.Http;
import dev.lettershop.collector.Shop;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.TestDatabase;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a store that encrypts, what waits to be processed is encrypted, too. */
class EncryptedIntakeTest {
  private static final ProfileSchema SCHEMA = ProfileSchema.of(Shop.ATTRIBUTES, Shop.EVENTS, true);

  @Test
  void callsWaitEncryptedAndArriveAsTheyWereSent() throws Exception {
    Keyset keys = Keyset.generate();
    try (TestDatabase database = new TestDatabase(SCHEMA, Vault.of(SCHEMA, keys::toJson))) {
      try (TestCollector web = TestCollector.of(Shop.intake(database.store()))) {
        assertThat(
                Http.post(
                        web.uri("/v1/batch"),
                        """
                        {"batch":[
                          {"type":"identify","userId":"42","messageId":"m1",
                           "traits":{"first_name":"Adalovelace"}},
                          {"type":"track","event":"Product Viewed","userId":"42","messageId":"m2",
                           "properties":{"product_id":"telltale-product"}}]}
                        """,
                        "authorization",
                        Http.basic(Shop.SERVER_KEY))
                    .statusCode())
            .isEqualTo(200);
      }
      assertThat(database.query("select sum(events) from intake")).containsExactly("2");
      assertThat(
              database.query(
                  """
                  select count(*) from intake
                  where encode(content, 'escape') ~ '(Adalovelace|telltale|userId|Product)'
                  """))
          .containsExactly("0");

      try (TestCollector mapping =
          TestCollector.of(
              new MappingFeature(
                  database.store(),
                  SCHEMA,
                  Shop.TOPICS,
                  Shop.mappingSources(List.of()),
                  Duration.ofDays(400),
                  new SimpleMeterRegistry(),
                  Clock.systemUTC()))) {
        await()
            .atMost(60, SECONDS)
            .until(() -> database.query("select count(*) from event").equals(List.of("1")));
      }
      assertThat(database.query("select properties ->> 'product_id' from event"))
          .containsExactly("telltale-product");
      assertThat(database.query("select count(*) from profile where first_name::text like '%Ada%'"))
          .as("the name is personal, and encrypted as well")
          .containsExactly("0");
    }
  }
}
