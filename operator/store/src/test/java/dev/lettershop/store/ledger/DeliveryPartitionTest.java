package dev.lettershop.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** Two workers begin the first run of a month at the same moment. */
class DeliveryPartitionTest {
  private static final String MAKE = "select make_delivery_partition()";
  private static final String WAITS =
      "select exists (select from pg_locks where locktype = 'advisory' and not granted)";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void theSecondFindsThePartitionOfTheFirst() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Store store = Store.open(settings);
        Database database = Database.open(settings)) {
      store.migrate(ProfileSchema.of(List.of(), List.of()));
      try (Connection one = begin(database);
          Connection two = begin(database);
          Connection watch = database.session("watch")) {
        Database.using(one).execute(MAKE);
        Future<Integer> second =
            thread.submit(
                () -> {
                  int rows = Database.using(two).execute(MAKE);
                  two.commit();
                  return rows;
                });
        DSLContext watching = Database.using(watch);
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> watching.fetchSingle(WAITS).get(0, Boolean.class));
        one.commit();
        second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(
                watching
                    .fetchSingle(
                        "select count(*) from pg_inherits where inhparent = 'delivery'::regclass")
                    .get(0, Long.class))
            .isEqualTo(1);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  private static Connection begin(Database database) throws SQLException {
    Connection connection = database.session("make a partition");
    connection.setAutoCommit(false);
    return connection;
  }
}
