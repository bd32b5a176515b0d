package dev.lettershop.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.encryption.Vault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RotatedLoginTest {
  @Test
  void newConnectionsLogInWithWhatTheSecretSaysByThen() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    AtomicReference<StoreLogin> secret = new AtomicReference<>(new StoreLogin("before", "one"));
    try (StoreTables tables = new StoreTables(settings);
        Database database = Database.openLater(settings, secret::get, Vault.NONE)) {
      tables.execute("create role before login superuser");
      tables.execute("create role after login superuser");
      assertThat(user(database)).isEqualTo("before");

      secret.set(new StoreLogin("after", "two"));
      assertThat(user(database)).as("connections go on").isEqualTo("before");
      tables.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'before'");

      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .ignoreExceptionsInstanceOf(StoreException.class)
          .until(() -> user(database).equals("after"));
    }
  }

  private static String user(Database database) {
    return database.once(
        "ask who it is", db -> db.fetchSingle("select session_user::text").get(0, String.class));
  }
}
