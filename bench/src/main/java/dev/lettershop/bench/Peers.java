package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** What PostgreSQL does on the same machine when nothing but the bare work is asked of it. */
final class Peers {
  private final EmbeddedDatabase database;
  private final Path customers;

  Peers(EmbeddedDatabase database, Path customers) {
    this.database = database;
    this.customers = customers;
  }

  /** Leaves an empty database. */
  static void reset(EmbeddedDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS lettershop CASCADE");
    }
  }

  /** COPY of the same file into a table of the same columns, without key or index. */
  double copiedPerSecond(long rows) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        InputStream csv = Files.newInputStream(customers)) {
      statement.execute(
          "CREATE TABLE bare_copy (customer_id text, email text, first_name text, city text,"
              + " lifetime_value double precision, last_active_at timestamptz)");
      long start = System.nanoTime();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY bare_copy FROM STDIN (FORMAT csv, HEADER)", csv);
      return rows / seconds(start);
    }
  }

  /** INSERT of rows of the ledger's shape with its primary key. */
  double ledgerRowsPerSecond(long rows) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bare_ledger (LIKE lettershop.delivery INCLUDING ALL)");
      long start = System.nanoTime();
      statement.execute(
          "INSERT INTO bare_ledger (run_id, profile_id, state)"
              + " SELECT 1, n, 'planned' FROM generate_series(1, "
              + rows
              + ") n");
      return rows / seconds(start);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
