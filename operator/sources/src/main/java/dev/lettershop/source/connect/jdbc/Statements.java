package dev.lettershop.source.connect.jdbc;

import dev.lettershop.api.v1alpha1.source.JdbcSource;
import java.util.function.UnaryOperator;

/** The SQL that reads a source: its query or table, as a derived table with what is ours around. */
final class Statements {
  private final String derived;
  private final String column;
  private final String watermark;
  private final int placeholders;

  /**
   * @param quoted an identifier as the database wants it
   */
  Statements(JdbcSource source, UnaryOperator<String> quoted) {
    QueryText query =
        QueryText.of(source.table() != null ? "select * from " + source.table() : source.query());
    this.placeholders = query.placeholders();
    this.column = source.watermarkColumn();
    // A line break, as the query may end in a comment.
    this.derived = " from (" + query.sql() + "\n) lettershop_source";
    this.watermark = column == null ? null : "lettershop_source." + quoted.apply(column);
  }

  /** Name of the watermark column, or null. */
  String column() {
    return column;
  }

  /** How often the query itself asks for the watermark; these parameters come first. */
  int placeholders() {
    return placeholders;
  }

  /** No rows, only what their columns are. */
  String columns() {
    return "select lettershop_source.*" + derived + " where 1 = 0";
  }

  /** Rows as they come. */
  String all() {
    return "select lettershop_source.*" + derived;
  }

  /** Rows without a watermark: read once, before all others. */
  String withoutWatermark() {
    return all() + " where " + watermark + " is null";
  }

  /** Rows with a watermark, in its order; from a value on, which is the last parameter. */
  String ordered(boolean from) {
    return all()
        + " where "
        + watermark
        + (from ? " >= ?" : " is not null")
        + " order by "
        + watermark;
  }
}
