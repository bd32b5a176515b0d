package dev.lettershop.source.connect.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.PlainText;
import dev.lettershop.source.connect.Column;
import dev.lettershop.source.connect.ExactNumber;
import dev.lettershop.source.connect.JsonRecords;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a result, and how each becomes a value of a record. */
final class JdbcColumns {
  private final List<Known> columns = new ArrayList<>();

  private enum Kind {
    Whole,
    /** Numbers without a fraction, of any size. */
    Exact,
    /** Numbers that may have a fraction or none: the column does not say. */
    Numeric,
    /** Numbers with a declared number of places behind the point. */
    Scaled,
    Floating,
    Truth,
    Moment,
    /** Of drivers that have no OffsetDateTime, as Trino's. */
    InstantMoment,
    LocalMoment,
    Day,
    Bytes,
    Many,
    Json,
    Text
  }

  private record Known(String name, Kind kind, int jdbcType, String typeName) {}

  JdbcColumns(ResultSetMetaData meta) throws SQLException {
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      int type = meta.getColumnType(i);
      String name = meta.getColumnTypeName(i);
      columns.add(
          new Known(
              PlainText.line(meta.getColumnLabel(i)),
              kind(type, name, meta.getPrecision(i), meta.getScale(i)),
              type,
              name));
    }
  }

  private static Kind kind(int type, String name, int precision, int scale) {
    String lower = name == null ? "" : name.toLowerCase(java.util.Locale.ROOT);
    if (lower.equals("json") || lower.equals("jsonb")) {
      return Kind.Json;
    }
    if (type == Types.BIGINT && lower.contains("unsigned")) {
      return Kind.Exact;
    }
    if (lower.equals("timestamptz")) {
      return Kind.Moment;
    }
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.Whole;
      case Types.DECIMAL, Types.NUMERIC ->
          scale > 0 ? Kind.Scaled : precision > 0 ? Kind.Exact : Kind.Numeric;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Kind.Floating;
      case Types.BIT, Types.BOOLEAN -> Kind.Truth;
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          Watermark.isZoned(lower) ? Kind.InstantMoment : Kind.Moment;
      case Types.TIMESTAMP -> Kind.LocalMoment;
      case Types.DATE -> Kind.Day;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.Bytes;
      case Types.ARRAY -> Kind.Many;
      default -> Kind.Text;
    };
  }

  List<Column> described() {
    return columns.stream().map(known -> new Column(known.name(), attributeType(known))).toList();
  }

  private static AttributeType attributeType(Known column) {
    return switch (column.kind()) {
      case Whole, Exact -> AttributeType.Integer;
      case Scaled, Floating -> AttributeType.Double;
      case Truth -> AttributeType.Boolean;
      case Moment, InstantMoment, LocalMoment -> AttributeType.Timestamp;
      case Many -> AttributeType.StringList;
      case Json, Bytes, Numeric -> null;
      case Day, Text -> AttributeType.String;
    };
  }

  /** Number of a column, from 1; 0 when there is none of the name. */
  int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i + 1;
      }
    }
    return 0;
  }

  Watermark.Type watermarkType(int column) {
    Known known = columns.get(column - 1);
    return Watermark.type(known.jdbcType(), known.typeName());
  }

  String typeName(int column) {
    return columns.get(column - 1).typeName();
  }

  /** The present row; absent where it is NULL. */
  Map<String, Object> record(ResultSet row) throws SQLException {
    Map<String, Object> fields = new LinkedHashMap<>(columns.size() * 2);
    for (int i = 0; i < columns.size(); i++) {
      Object value = value(row, i + 1, columns.get(i).kind());
      if (value != null) {
        fields.put(columns.get(i).name(), value);
      }
    }
    return fields;
  }

  private static Object value(ResultSet row, int column, Kind kind) throws SQLException {
    Object value =
        switch (kind) {
          case Whole -> row.getLong(column);
          case Exact, Numeric, Scaled -> decimal(row, column, kind);
          case Floating -> row.getDouble(column);
          case Truth -> row.getBoolean(column);
          case Moment -> instant(row.getObject(column, OffsetDateTime.class));
          case InstantMoment -> row.getObject(column, Instant.class);
          case LocalMoment -> instant(row.getObject(column, LocalDateTime.class));
          case Day -> text(row.getObject(column, LocalDate.class));
          case Bytes -> base64(row.getBytes(column));
          case Many -> list(row.getArray(column));
          case Json -> json(row.getString(column));
          case Text -> row.getString(column);
        };
    return row.wasNull() ? null : value;
  }

  /** PostgreSQL's numeric may be NaN, which is a Double. */
  private static Object decimal(ResultSet row, int column, Kind kind) throws SQLException {
    Object number = row.getObject(column);
    if (number == null || number instanceof Double) {
      return number;
    }
    BigDecimal exact =
        number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    return kind == Kind.Scaled ? ExactNumber.decimal(exact) : ExactNumber.number(exact);
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static Instant instant(LocalDateTime time) {
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static String base64(byte[] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  private static List<Object> list(Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    if (array.getArray() instanceof Object[] elements) {
      for (Object element : elements) {
        if (element != null) {
          values.add(element(element));
        }
      }
    }
    return values;
  }

  private static Object element(Object element) {
    if (element instanceof BigDecimal number) {
      return ExactNumber.text(number);
    }
    return element instanceof Boolean ? element : element.toString();
  }

  private static Object json(String text) {
    try {
      return text == null ? null : JsonRecords.value(JsonRecords.read(text));
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
