package dev.lettershop.testkit;

import dev.lettershop.store.Store;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of one's own in a real PostgreSQL that all tests of this JVM share. It has the tables
 * of a store; its attributes come with {@link Store#migrate}.
 */
public final class TestDatabase implements AutoCloseable {
  private final String name = SharedPostgres.newDatabase();
  private final Store store;

  public TestDatabase() throws SQLException {
    store = Store.open(SharedPostgres.settings(name, 4));
  }

  /** Without credentials. */
  public String url() {
    return "jdbc:postgresql://localhost:" + SharedPostgres.port() + "/" + name;
  }

  /** For a store in another process. */
  public int port() {
    return SharedPostgres.port();
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
            + SharedPostgres.port()
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
            + SharedPostgres.port()
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
