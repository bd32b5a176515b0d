package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;

/** What PostgreSQL does with the rows of a source when nothing else is asked of it. */
final class SyncPeers {
  private static final Map<String, String> COLUMNS =
      Map.of(
          "customers",
          "customer_id text, email text, first_name text, city text, country text,"
              + " lifetime_value double precision, last_active_at timestamptz",
          "views",
          "customer_id text, occurred_at timestamptz, id text, product_id text,"
              + " price double precision");

  private final EmbeddedDatabase database;

  SyncPeers(EmbeddedDatabase database) {
    this.database = database;
  }

  /** Leaves an empty database. */
  void reset() throws SQLException {
    Peers.reset(database);
  }

  /** COPY of the file into a table of the same columns, without key or index. */
  double copiedPerSecond(String table, Path file) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        InputStream csv = Files.newInputStream(file)) {
      statement.execute("create table bare_" + table + " (" + COLUMNS.get(table) + ")");
      long start = System.nanoTime();
      long rows =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy bare_" + table + " from stdin (format csv, header)", csv);
      return rows / seconds(start);
    }
  }

  /** Profiles and identities that are there, into empty tables with the same keys. */
  double keyedPerSecond(long profiles) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = lettershop");
      statement.execute("create table bare_profile (like profile including indexes)");
      statement.execute("create table bare_identity (like identity including indexes)");
      long start = System.nanoTime();
      statement.execute("insert into bare_profile select * from profile");
      statement.execute("insert into bare_identity select * from identity");
      double rate = profiles / seconds(start);
      try (ResultSet count = statement.executeQuery("select count(*) from bare_profile")) {
        count.next();
        if (count.getLong(1) != profiles) {
          throw new IllegalStateException("There are " + count.getLong(1) + " profiles");
        }
      }
      statement.execute("drop table bare_profile, bare_identity");
      return rate;
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
