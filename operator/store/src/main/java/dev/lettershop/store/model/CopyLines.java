package dev.lettershop.store.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Lines of COPY's text format on their way into a table; memory does not grow with them. */
final class CopyLines {
  private static final int BUFFER = 1 << 16;

  private final CopyIn copy;
  private final StringBuilder buffer = new StringBuilder(BUFFER + 4096);

  private CopyLines(CopyIn copy) {
    this.copy = copy;
  }

  /**
   * @param statement {@code copy … from stdin}
   */
  static void copy(DSLContext db, String statement, Consumer<CopyLines> writing) {
    db.connection(
        connection -> {
          CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
          try {
            CopyLines lines = new CopyLines(copy);
            writing.accept(lines);
            lines.flush();
            copy.endCopy();
          } catch (UncheckedIOException e) {
            throw new DataAccessException("copying rows failed", e.getCause());
          } finally {
            if (copy.isActive()) {
              copy.cancelCopy();
            }
          }
        });
  }

  /** Begins a line with a number. */
  CopyLines number(long number) {
    buffer.append(number);
    return this;
  }

  /** The next column: a number, or null. */
  CopyLines number(Double number) {
    buffer.append('\t');
    if (number == null) {
      buffer.append("\\N");
    } else {
      buffer.append(number.doubleValue());
    }
    return this;
  }

  /** The next column: a text, or null. */
  CopyLines text(String text) {
    buffer.append('\t');
    if (text == null) {
      buffer.append("\\N");
    } else {
      escape(text);
    }
    return this;
  }

  /** The next column: an array of texts. */
  CopyLines texts(List<String> texts) {
    StringBuilder array = new StringBuilder("{");
    for (String text : texts) {
      array.append(array.length() > 1 ? "," : "").append('"');
      array.append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return text(array.append('}').toString());
  }

  void end() {
    buffer.append('\n');
    if (buffer.length() > BUFFER) {
      flush();
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> buffer.append("\\\\");
        case '\t' -> buffer.append("\\t");
        case '\n' -> buffer.append("\\n");
        case '\r' -> buffer.append("\\r");
        default -> buffer.append(c);
      }
    }
  }

  private void flush() {
    try {
      byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(bytes, 0, bytes.length);
      buffer.setLength(0);
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
