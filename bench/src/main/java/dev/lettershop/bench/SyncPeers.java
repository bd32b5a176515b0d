package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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

  /**
   * The fewest statements that make the same tables, with the same keys, of the same file: nothing
   * is mapped, cleaned but for white space and case, looked up or noted.
   */
  double handwrittenPerSecond(Path file) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        InputStream csv = Files.newInputStream(file)) {
      statement.execute("set search_path = lettershop");
      statement.execute("set work_mem = '64MB'");
      statement.execute("set maintenance_work_mem = '128MB'");
      statement.execute("create table hand_profile (like profile including all)");
      statement.execute("create table hand_identity (like identity)");
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      statement.execute(
          "create temp table hand (n bigint generated always as identity, "
              + COLUMNS.get("customers")
              + ") on commit drop");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy hand (customer_id, email, first_name, city, country, lifetime_value,"
                  + " last_active_at) from stdin (format csv, header)",
              csv);
      long rows =
          statement.executeUpdate(
              """
              insert into hand_profile (id, email, email_key, first_name, city, country,
                lifetime_value, last_active_at, _origin, _key, _read)
              select n, email, lower(email), first_name, trim(city), country, lifetime_value,
                last_active_at, 1, customer_id, n
              from hand
              """);
      statement.execute(
          """
          insert into hand_identity (kind, value, profile_id)
          select 'customer_id', customer_id, n from hand
          union all select 'email', lower(email), n from hand
          """);
      statement.execute("alter table hand_identity add primary key (value, kind)");
      connection.commit();
      double rate = rows / seconds(start);
      statement.execute("drop table hand_profile, hand_identity");
      connection.commit();
      return rate;
    }
  }

  /** A table of customers as a CRM keeps them, each changed at a time of its own. */
  void crm(long customers) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table public.crm as
          select 'C' || n as customer_id, 'customer.' || n || '@people.example' as email,
            'Ada' || n %% 1000 as first_name, 'Graz' as "CITY", 'Austria' as country,
            n / 100.0::double precision as lifetime_value,
            timestamptz '2026-11-01' + n * interval '1 millisecond' as last_active_at
          from generate_series(1, %d) n
          """
              .formatted(customers));
      statement.execute("create index on public.crm (last_active_at)");
      statement.execute("analyze public.crm");
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
