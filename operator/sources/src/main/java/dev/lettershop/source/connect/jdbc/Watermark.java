package dev.lettershop.source.connect.jdbc;

import java.math.BigDecimal;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A value of the column that only grows, exactly as the database has it: the text of a time loses
 * no digits, as a number of milliseconds would.
 */
record Watermark(Type type, String value) {

  /** What a watermark can be. */
  enum Type {
    Number,
    Text,
    Date,
    Timestamp,
    TimestampWithZone,
    /** The same, of drivers that have no OffsetDateTime, as Trino's. */
    Instant
  }

  /** Whether a type is called as Trino calls it: {@code timestamp(6) with time zone}. */
  static boolean isZoned(String typeName) {
    return typeName.endsWith("with time zone");
  }

  /**
   * @return null when values of the type have no order to read on by
   */
  static Type type(int jdbcType, String name) {
    if (name != null && name.equals("timestamptz")) {
      return Type.TimestampWithZone;
    }
    if (name != null && isZoned(name)) {
      return jdbcType == Types.TIMESTAMP_WITH_TIMEZONE ? Type.Instant : null;
    }
    return switch (jdbcType) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC ->
          Type.Number;
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NVARCHAR -> Type.Text;
      case Types.DATE -> Type.Date;
      case Types.TIMESTAMP -> Type.Timestamp;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Type.TimestampWithZone;
      default -> null;
    };
  }

  static String name(int jdbcType) {
    return JDBCType.valueOf(jdbcType).getName();
  }

  /** The value in the present row, or null. */
  static Watermark of(ResultSet row, int column, Type type) throws SQLException {
    Object value =
        switch (type) {
          case Number -> row.getBigDecimal(column);
          case Text -> row.getString(column);
          case Date -> row.getObject(column, LocalDate.class);
          case Timestamp -> row.getObject(column, LocalDateTime.class);
          case TimestampWithZone -> row.getObject(column, OffsetDateTime.class);
          case Instant -> row.getObject(column, Instant.class);
        };
    if (value == null) {
      return null;
    }
    return new Watermark(
        type, value instanceof BigDecimal number ? number.toPlainString() : value.toString());
  }

  /** The lowest value of a type: what {@code :watermark} is before anything was read. */
  static Watermark lowest(Type type) {
    return new Watermark(
        type,
        switch (type) {
          case Number -> Long.toString(Long.MIN_VALUE);
          case Text -> "";
          case Date -> "0001-01-01";
          case Timestamp -> "0001-01-01T00:00:00";
          case TimestampWithZone, Instant -> "0001-01-01T00:00:00Z";
        });
  }

  void bind(PreparedStatement statement, int parameter) throws SQLException {
    switch (type) {
      case Number -> {
        BigDecimal number = new BigDecimal(value);
        if (number.scale() <= 0 && number.precision() < 19) {
          statement.setLong(parameter, number.longValueExact());
        } else {
          statement.setBigDecimal(parameter, number);
        }
      }
      case Text -> statement.setString(parameter, value);
      case Date -> statement.setObject(parameter, LocalDate.parse(value));
      case Timestamp -> statement.setObject(parameter, LocalDateTime.parse(value));
      case TimestampWithZone -> statement.setObject(parameter, OffsetDateTime.parse(value));
      case Instant -> statement.setObject(parameter, Instant.parse(value));
      default -> throw new IllegalStateException(type.toString());
    }
  }

  /** So much before; numbers and texts stay. */
  Watermark minus(Duration overlap) {
    return switch (type) {
      case Timestamp -> new Watermark(type, LocalDateTime.parse(value).minus(overlap).toString());
      case TimestampWithZone ->
          new Watermark(type, OffsetDateTime.parse(value).minus(overlap).toString());
      case Instant -> new Watermark(type, Instant.parse(value).minus(overlap).toString());
      default -> this;
    };
  }

  /** The moment that it is, or null; times without a zone are UTC. */
  Instant moment() {
    return switch (type) {
      case Timestamp -> LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
      case TimestampWithZone -> OffsetDateTime.parse(value).toInstant();
      case Instant -> Instant.parse(value);
      default -> null;
    };
  }

  /** For status; null for texts, which may be personal. */
  String shown() {
    return type == Type.Text ? null : type == Type.TimestampWithZone ? moment().toString() : value;
  }
}
