package dev.lettershop.collector;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.testkit.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A migrated database of one's own in a real PostgreSQL that all tests of this JVM share. */
public final class TestDatabase implements AutoCloseable {
  private final String name = SharedPostgres.newDatabase();
  private final Store store;

  public TestDatabase(ProfileSchema schema) throws SQLException {
    this(schema, Vault.NONE);
  }

  public TestDatabase(ProfileSchema schema, Vault vault) throws SQLException {
    store = Store.open(settings("postgres", null), vault);
    store.migrate(schema);
  }

  /** How to log in to it. */
  public StoreSettings settings(String user, String password) {
    return new StoreSettings(
        "localhost", SharedPostgres.port(), name, user, password, TlsMode.Disable, null, 4);
  }

  public Store store() {
    return store;
  }

  public int port() {
    return SharedPostgres.port();
  }

  public String name() {
    return name;
  }

  /** The rows of a query, columns joined by a space. */
  public List<String> query(String sql) throws SQLException {
    try (Connection connection = connection("postgres");
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

  /** A connection of any role; tests trust every login. */
  public Connection connection(String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:"
            + SharedPostgres.port()
            + "/"
            + name
            + "?currentSchema=lettershop",
        user,
        null);
  }

  /** Changes what is there, as the owner. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connection("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
