package dev.lettershop.source.connect.jdbc;

import dev.lettershop.source.connect.Column;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.connect.PulledRecord;
import dev.lettershop.source.connect.SourceProgress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of one reading, by one or two statements that stream. */
final class JdbcPull implements Pull {
  /** Rows of one watermark that are remembered; beyond, they are read again, which is harmless. */
  static final int MOST_REMEMBERED = 1000;

  private final Connection connection;
  private final Statements statements;
  private final int fetchSize;
  private final int seconds;
  private final JdbcColumns columns;
  private final int watermarkColumn;
  private final Watermark.Type watermarkType;
  private final Watermark from;
  private final Deque<String> queries = new ArrayDeque<>();
  private final Set<String> readBefore;
  private final Set<String> seen = new LinkedHashSet<>();
  private PreparedStatement statement;
  private ResultSet rows;
  private Watermark reached;
  private boolean forgetful;
  private long count;

  /**
   * @param before where reading ended, or null for the start
   * @param seconds longest wait for the server
   */
  JdbcPull(
      Connection connection,
      Statements statements,
      JdbcPosition before,
      int fetchSize,
      int seconds,
      Duration overlap)
      throws SQLException, ConnectorException {
    this.connection = connection;
    this.statements = statements;
    this.fetchSize = fetchSize;
    this.seconds = seconds;
    this.columns = describe();
    this.watermarkColumn = watermarkColumn();
    this.watermarkType = watermarkColumn == 0 ? null : watermarkType();
    this.reached = before == null ? null : before.watermark();
    this.from = before == null ? null : reached.minus(overlap);
    this.readBefore = before == null ? Set.of() : new HashSet<>(before.seen());
    if (before != null) {
      seen.addAll(before.seen());
      forgetful = seen.isEmpty();
    }
    if (watermarkColumn == 0) {
      queries.add(statements.all());
    } else if (from == null) {
      queries.add(statements.withoutWatermark());
      queries.add(statements.ordered(false));
    } else {
      queries.add(statements.ordered(true));
    }
  }

  private JdbcColumns describe() throws SQLException {
    try (PreparedStatement probe = connection.prepareStatement(statements.columns())) {
      for (int i = 1; i <= statements.placeholders(); i++) {
        probe.setObject(i, null);
      }
      probe.setQueryTimeout(seconds);
      try (ResultSet none = probe.executeQuery()) {
        return new JdbcColumns(none.getMetaData());
      }
    }
  }

  private int watermarkColumn() throws ConnectorException {
    String name = statements.column();
    if (name == null) {
      if (statements.placeholders() > 0) {
        throw ConnectorException.misconfigured(
            "spec.jdbc.watermarkColumn",
            "is missing, and the query asks for :watermark",
            "name the column whose highest value :watermark is",
            null);
      }
      return 0;
    }
    int column = columns.indexOf(name);
    if (column == 0) {
      throw ConnectorException.misconfigured(
          "spec.jdbc.watermarkColumn",
          "the result has no column \"" + name + "\"",
          "add it to what the query selects",
          null);
    }
    return column;
  }

  private Watermark.Type watermarkType() throws ConnectorException {
    Watermark.Type type = columns.watermarkType(watermarkColumn);
    if (type == null) {
      throw ConnectorException.misconfigured(
          "spec.jdbc.watermarkColumn",
          "is of the type "
              + columns.typeName(watermarkColumn)
              + ", which does not only grow in an order that can be read on from",
          "use a column of times, dates, numbers or text",
          null);
    }
    return type;
  }

  @Override
  public List<Column> columns() {
    return columns.described();
  }

  @Override
  public PulledRecord next() throws ConnectorException {
    try {
      while (true) {
        if (rows == null && !start()) {
          return null;
        }
        if (!rows.next()) {
          finish();
          continue;
        }
        Map<String, Object> fields = columns.record(rows);
        if (isNew(fields)) {
          count++;
          return PulledRecord.of("row " + count, fields);
        }
      }
    } catch (SQLException e) {
      throw JdbcFailures.of(e);
    }
  }

  private boolean start() throws SQLException {
    String query = queries.poll();
    if (query == null) {
      return false;
    }
    statement =
        connection.prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(fetchSize);
    statement.setQueryTimeout(seconds);
    int parameter = 1;
    for (; parameter <= statements.placeholders(); parameter++) {
      (from == null ? Watermark.lowest(watermarkType) : from).bind(statement, parameter);
    }
    if (from != null) {
      from.bind(statement, parameter);
    }
    rows = statement.executeQuery();
    return true;
  }

  private void finish() throws SQLException {
    try (PreparedStatement finished = statement) {
      rows.close();
    } finally {
      rows = null;
    }
  }

  /** Moves the watermark; whether the row has not been read before. */
  private boolean isNew(Map<String, Object> fields) throws SQLException {
    if (watermarkColumn == 0) {
      return true;
    }
    Watermark mark = Watermark.of(rows, watermarkColumn, watermarkType);
    if (mark == null) {
      return true;
    }
    if (!mark.equals(reached)) {
      if (!isHigher(mark)) {
        // From the overlap: read again, in case it came late.
        return true;
      }
      reached = mark;
      seen.clear();
      forgetful = false;
    }
    String digest = RowDigest.of(fields);
    remember(digest);
    return !readBefore.contains(digest);
  }

  /** Rows come in order, except for those of the overlap, which are at most what was reached. */
  private boolean isHigher(Watermark mark) {
    if (reached == null || from == null || mark.moment() == null) {
      return true;
    }
    return mark.moment().isAfter(reached.moment());
  }

  private void remember(String digest) {
    if (!forgetful) {
      seen.add(digest);
      if (seen.size() > MOST_REMEMBERED) {
        seen.clear();
        forgetful = true;
      }
    }
  }

  @Override
  public String position() {
    return reached == null
        ? null
        : JsonRecords.write(
            Map.of(
                "type",
                reached.type().name(),
                "value",
                reached.value(),
                "seen",
                List.copyOf(seen)));
  }

  @Override
  public SourceProgress reached() {
    return reached == null
        ? SourceProgress.UNKNOWN
        : new SourceProgress(reached.shown(), reached.moment(), null);
  }

  @Override
  public void close() {
    try {
      if (statement != null && rows != null) {
        // Otherwise some drivers read what is left before they let go.
        statement.cancel();
      }
    } catch (SQLException ignored) {
      // Closing the connection will do.
    }
    try {
      connection.close();
    } catch (SQLException ignored) {
      // Nothing was written that could be lost.
    }
  }
}
