package dev.lettershop.store;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.store.database.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL, started once for all tests of this JVM; each test class has its own database.
 */
public final class TestServer {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestServer() {}

  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("shared_buffers", "128MB")
            .setServerConfig("max_wal_size", "4GB")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An empty database of one's own. */
  public static StoreSettings newDatabase() throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return new StoreSettings(
        "localhost", Running.SERVER.getPort(), name, "postgres", null, TlsMode.Disable, null, 8);
  }

  /** A connection beside the store's, to look at its tables or to do harm. */
  public static Connection connect(StoreSettings settings) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + settings.host()
            + ":"
            + settings.port()
            + "/"
            + settings.database()
            + "?currentSchema=lettershop",
        settings.username(),
        settings.password());
  }
}
