package dev.lettershop.testkit;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, started once for all tests of this JVM; each has a database of its own. */
public final class SharedPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private SharedPostgres() {}

  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_wal_size", "4GB")
            .start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** With the tables of a store: to copy them takes a tenth of what it takes to make them. */
  private static final class Template {
    static final String NAME = make();

    private static String make() {
      try {
        execute("create database template_of_stores");
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
      try (Store store = Store.open(settings("template_of_stores", 2))) {
        store.migrate(ProfileSchema.of(List.of(), List.of()));
      }
      return "template_of_stores";
    }
  }

  /**
   * A database with the tables of a store and without any attribute. All of them have the same
   * salt.
   */
  public static String newDatabase() throws SQLException {
    String name = "store" + DATABASES.incrementAndGet();
    execute("create database " + name + " template " + Template.NAME + " strategy file_copy");
    return name;
  }

  public static int port() {
    return Running.SERVER.getPort();
  }

  /**
   * How to log in to a database of it.
   *
   * @param connections that a store may have at once
   */
  public static StoreSettings settings(String database, int connections) {
    return new StoreSettings(
        "localhost", port(), database, "postgres", null, TlsMode.Disable, null, connections);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
