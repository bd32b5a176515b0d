package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Ways to keep a ledger, in plain SQL on one connection: rows claimed by 500, marked by 64 and
 * recorded by 500, each step committed, as delivery does it.
 */
final class LedgerBenchmark implements Benchmark {
  private static final int CLAIM = 500;
  private static final int MARK = 64;

  /** How marks and outcomes are written. */
  private enum Way {
    /** One UPDATE for a batch, with the keys as an array. */
    Arrays,
    /** COPY into a table of the session, and an UPDATE that joins it. */
    CopyAndUpdate,
    /** COPY of what happened; the state of a row is the last that was written of it. */
    AppendOnly
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public String summary() {
    return "ways to keep a ledger in plain SQL: updates with and without room, COPY, append-only";
  }

  @Override
  public long defaultSize() {
    return 200_000;
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    List<Figure> figures = new ArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"));
        Connection connection = database.connect()) {
      measure(connection, size / 4, Way.Arrays, 60, true); // warms up
      for (int fill : new int[] {100, 60}) {
        one(connection, size, Way.Arrays, fill, true, "UPDATE, fillfactor " + fill, figures);
      }
      one(connection, size, Way.Arrays, 60, false, "the same, index on state", figures);
      one(connection, size, Way.CopyAndUpdate, 60, true, "COPY and UPDATE, fillfactor 60", figures);
      one(connection, size, Way.AppendOnly, 60, true, "append-only by COPY", figures);
    } finally {
      Scratch.delete(work);
    }
    return figures;
  }

  private static void one(
      Connection connection,
      long rows,
      Way way,
      int fill,
      boolean hot,
      String name,
      List<Figure> figures)
      throws Exception {
    double rate = measure(connection, rows, way, fill, hot);
    figures.add(Figure.of(name, rate, "rows/s"));
    figures.add(
        Figure.of(
            name + ", size",
            number(
                    connection,
                    "select pg_total_relation_size('tried') + pg_total_relation_size('happened')")
                / 1048576.0,
            "MiB"));
    figures.add(
        Figure.of(
            name + ", HOT",
            number(
                connection,
                "select 100.0 * n_tup_hot_upd / greatest(1, n_tup_upd)"
                    + " from pg_stat_user_tables where relname = 'tried'"),
            "%"));
    long open =
        number(
            connection,
            way == Way.AppendOnly
                ? "select count(*) from tried t where not exists (select from happened h"
                    + " where h.profile_id = t.profile_id and h.state = 'sent')"
                : "select count(*) from tried where state <> 'sent'");
    if (open > 0) {
      throw new IllegalStateException(open + " rows are not sent: " + name);
    }
  }

  private static double measure(Connection connection, long rows, Way way, int fill, boolean hot)
      throws Exception {
    connection.setAutoCommit(true);
    execute(
        connection,
        "drop table if exists tried, happened, batch",
        "create table tried (run_id bigint, profile_id bigint, lease_id bigint,"
            + " updated_at timestamptz default now(), state text, attempts smallint default 0,"
            + " code text, primary key (run_id, profile_id)) with (fillfactor = "
            + fill
            + ")",
        hot ? "select 1" : "create index on tried (state)",
        "create table happened (run_id bigint, profile_id bigint, at timestamptz default now(),"
            + " state text, code text)",
        "create index on happened (run_id, profile_id)",
        "create temp table batch (id bigint, state text, code text)",
        "insert into tried (run_id, profile_id, state) select 1, n, 'planned' from"
            + " generate_series(1, "
            + rows
            + ") n",
        "analyze tried");
    connection.setAutoCommit(false);
    long start = System.nanoTime();
    long last = 0;
    for (List<Long> claimed = claim(connection, last);
        !claimed.isEmpty();
        claimed = claim(connection, last)) {
      last = claimed.get(claimed.size() - 1);
      for (int from = 0; from < claimed.size(); from += MARK) {
        write(
            connection,
            way,
            "sending",
            claimed.subList(from, Math.min(claimed.size(), from + MARK)));
      }
      write(connection, way, "sent", claimed);
    }
    double rate = rows / ((System.nanoTime() - start) / 1e9);
    connection.setAutoCommit(true);
    execute(connection, "select pg_stat_force_next_flush()");
    return rate;
  }

  private static List<Long> claim(Connection connection, long after) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            with picked as materialized (
              select profile_id from tried where run_id = 1 and profile_id > ? and state = 'planned'
              order by profile_id limit ? for update skip locked)
            update tried t set state = 'claimed', lease_id = 1, updated_at = now()
            from picked p where t.run_id = 1 and t.profile_id = p.profile_id returning t.profile_id
            """)) {
      statement.setLong(1, after);
      statement.setInt(2, CLAIM);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    connection.commit();
    ids.sort(null);
    return ids;
  }

  private static void write(Connection connection, Way way, String state, List<Long> ids)
      throws Exception {
    switch (way) {
      case Arrays -> {
        try (PreparedStatement statement =
            connection.prepareStatement(
                "update tried t set state = ?, code = '2.0.0', updated_at = now()"
                    + " from unnest(?) as k(id) where t.run_id = 1 and t.profile_id = k.id")) {
          Array keys = connection.createArrayOf("bigint", ids.toArray(Long[]::new));
          statement.setString(1, state);
          statement.setArray(2, keys);
          statement.executeUpdate();
        }
      }
      case CopyAndUpdate -> {
        copy(connection, "copy batch (id, state, code) from stdin", "", state, ids);
        execute(
            connection,
            "update tried t set state = b.state, code = b.code, updated_at = now() from batch b"
                + " where t.run_id = 1 and t.profile_id = b.id",
            "truncate batch");
      }
      case AppendOnly ->
          copy(
              connection,
              "copy happened (run_id, profile_id, state, code) from stdin",
              "1\t",
              state,
              ids);
    }
    connection.commit();
  }

  private static void copy(
      Connection connection, String sql, String before, String state, List<Long> ids)
      throws Exception {
    StringBuilder rows = new StringBuilder();
    for (long id : ids) {
      rows.append(before).append(id).append('\t').append(state).append("\t2.0.0\n");
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(sql, new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.US_ASCII)));
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
