package dev.lettershop.store;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.database.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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

  /** With the tables of a store: to copy them takes a tenth of what it takes to make them. */
  private static final class Template {
    static final String NAME = make();

    private static String make() {
      try {
        StoreSettings settings = newEmptyDatabase();
        try (Store store = Store.open(settings)) {
          store.migrate(ProfileSchema.of(List.of(), List.of()));
        }
        return settings.database();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * A database of one's own that has the tables of a store and no attributes yet. All of them have
   * the same salt.
   */
  public static StoreSettings newDatabase() throws SQLException {
    return newDatabase(" template " + Template.NAME + " strategy file_copy");
  }

  /** An empty database of one's own. */
  public static StoreSettings newEmptyDatabase() throws SQLException {
    return newDatabase("");
  }

  private static StoreSettings newDatabase(String how) throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + how);
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
