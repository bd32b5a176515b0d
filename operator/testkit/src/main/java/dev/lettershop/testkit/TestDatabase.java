package dev.lettershop.testkit;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of one's own in a real PostgreSQL that all tests of this JVM share. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();

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

  private final String name = "source" + DATABASES.incrementAndGet();
  private final Store store;

  public TestDatabase() throws SQLException {
    try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    store =
        Store.open(
            new StoreSettings(
                "localhost",
                Running.SERVER.getPort(),
                name,
                "postgres",
                null,
                TlsMode.Disable,
                null,
                4));
  }

  /** Without credentials. */
  public String url() {
    return "jdbc:postgresql://localhost:" + Running.SERVER.getPort() + "/" + name;
  }

  /** For a store in another process. */
  public int port() {
    return Running.SERVER.getPort();
  }

  public String name() {
    return name;
  }

  public Store store() {
    return store;
  }

  /** The rows of a query, columns joined by a space. */
  public List<String> query(String sql) throws SQLException {
    String url =
        "jdbc:postgresql://localhost:"
            + Running.SERVER.getPort()
            + "/"
            + name
            + "?currentSchema=lettershop";
    try (Connection connection = DriverManager.getConnection(url, "postgres", null);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getObject(i)));
        }
        result.add(String.join(" ", row));
      }
      return result;
    }
  }

  /** Changes what is there. */
  public void execute(String sql) throws SQLException {
    String url =
        "jdbc:postgresql://localhost:"
            + Running.SERVER.getPort()
            + "/"
            + name
            + "?currentSchema=lettershop";
    try (Connection connection = DriverManager.getConnection(url, "postgres", null);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
