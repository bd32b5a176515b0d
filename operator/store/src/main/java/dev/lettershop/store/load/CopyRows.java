package dev.lettershop.store.load;

import dev.lettershop.store.database.JsonText;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Rows on their way into one table, in COPY's text format. Sent in chunks, so memory does not grow
 * with them. A row that PostgreSQL could not hold is noticed before it is sent: its {@link
 * #fault()} is set, and {@link #endRow()} leaves it out.
 */
public final class CopyRows {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** Why a row cannot be stored. */
  record Fault(String field, String reason) {}

  private final CopyThread thread;
  private final String copy;
  private final int chunk;
  private StringBuilder text;
  private int rowStart;
  private Fault fault;

  /**
   * @param copy {@code copy … from stdin}, text format
   * @param chunk so many characters are sent at once
   */
  CopyRows(CopyThread thread, String copy, int chunk) {
    this.thread = thread;
    this.copy = copy;
    this.chunk = chunk;
    this.text = new StringBuilder(chunk + chunk / 8);
  }

  /** Begins a row; one that was begun and not ended is forgotten. */
  public CopyRows beginRow() {
    text.setLength(rowStart);
    fault = null;
    return this;
  }

  public CopyRows number(long value) {
    text.append(value).append('\t');
    return this;
  }

  public CopyRows string(String field, String value) {
    if (value == null) {
      text.append("\\N");
    } else {
      escape(field, value);
    }
    text.append('\t');
    return this;
  }

  public CopyRows time(String field, Instant value) {
    if (value.isBefore(FIRST) || value.isAfter(LAST)) {
      fail(field, "is not between the years 1 and 9999");
    } else {
      // PostgreSQL would round to its microseconds, and might round into the future.
      text.append(value.truncatedTo(ChronoUnit.MICROS)).append('\t');
    }
    return this;
  }

  public CopyRows json(String field, Map<String, ?> value) {
    if (value == null || value.isEmpty()) {
      return string(field, null);
    }
    if (JsonText.holdsNul(value)) {
      fail(field, "holds the character NUL");
      return this;
    }
    return string(field, JsonText.of(value));
  }

  /** A value in memory as {@link dev.lettershop.profile.ProfileSchema} has it, or null. */
  public CopyRows value(String field, Object value) {
    if (value == null) {
      text.append("\\N\t");
    } else if (value instanceof String string) {
      string(field, string);
    } else if (value instanceof Instant instant) {
      time(field, instant);
    } else if (value instanceof Boolean || value instanceof Number) {
      text.append(value).append('\t');
    } else if (value instanceof List<?> list) {
      string(field, arrayLiteral(list));
    } else {
      throw new IllegalArgumentException(
          "Attribute " + field + " came as " + value.getClass().getName());
    }
    return this;
  }

  /**
   * Fails the row when its value could not be held in clear: then it is not held encrypted either.
   */
  public CopyRows check(String field, Object value) {
    int end = text.length();
    value(field, value);
    text.setLength(end);
    return this;
  }

  private static String arrayLiteral(List<?> values) {
    StringBuilder literal = new StringBuilder("{");
    for (Object value : values) {
      if (literal.length() > 1) {
        literal.append(',');
      }
      String element = (String) value;
      literal.append('"');
      for (int i = 0; i < element.length(); i++) {
        char c = element.charAt(i);
        if (c == '"' || c == '\\') {
          literal.append('\\');
        }
        literal.append(c);
      }
      literal.append('"');
    }
    return literal.append('}').toString();
  }

  private void escape(String field, String value) {
    if (isPlain(value)) {
      text.append(value);
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case 0 -> fail(field, "holds the character NUL");
        default -> text.append(c);
      }
    }
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= '\r' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  public void fail(String field, String reason) {
    if (fault == null) {
      fault = new Fault(field, reason);
    }
  }

  /**
   * Ends the row.
   *
   * @return null when it is on its way; otherwise why it was left out
   */
  public Fault endRow() throws SQLException {
    Fault found = fault;
    fault = null;
    if (found != null) {
      text.setLength(rowStart);
      return found;
    }
    text.setCharAt(text.length() - 1, '\n');
    rowStart = text.length();
    if (text.length() >= chunk) {
      send();
    }
    return null;
  }

  /** Sends what is left; rows may follow later. */
  public void send() throws SQLException {
    if (rowStart > 0) {
      text.setLength(rowStart);
      thread.send(copy, text);
      text = new StringBuilder(chunk + chunk / 8);
      rowStart = 0;
    }
  }
}
