package dev.lettershop.playground.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @Test
  void isARealPostgresqlThatLeavesNothingBehind(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      String url =
          "jdbc:postgresql://%s:%d/%s"
              .formatted(database.host(), database.port(), database.database());
      try (Connection connection =
              DriverManager.getConnection(url, database.username(), database.password());
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT lower('ÄÖ'), current_setting('server_encoding'), current_database()")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).as("letters beyond ASCII").isEqualTo("äö");
        assertThat(row.getString(2)).isEqualTo("UTF8");
        assertThat(row.getString(3)).isEqualTo("lettershop");
      }
    }

    assertThat(data).doesNotExist();
  }
}
