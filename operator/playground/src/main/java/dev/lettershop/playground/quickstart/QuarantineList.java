package dev.lettershop.playground.quickstart;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The records that could not be used, as a file: the database with its quarantine is gone after a
 * quickstart. Says where and why, not what the record said.
 */
final class QuarantineList {
  static final String FILE = "quarantine.csv";

  private QuarantineList() {}

  /**
   * Writes the list when there is something on it.
   *
   * @throws IOException when the file cannot be written
   * @throws SQLException when the quarantine cannot be read
   */
  static void write(Connection connection, Path folder) throws IOException, SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT source, position, field, reason FROM quarantine ORDER BY id")) {
      if (!row.next()) {
        return;
      }
      try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(FILE))) {
        out.write("source,position,field,reason\n");
        do {
          for (int column = 1; column <= 4; column++) {
            out.write(quoted(row.getString(column)) + (column < 4 ? "," : "\n"));
          }
        } while (row.next());
      }
    }
  }

  /** RFC 4180 §2. */
  private static String quoted(String value) {
    return value == null ? "" : '"' + value.replace("\"", "\"\"") + '"';
  }
}
