package dev.lettershop.collector.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was answered is missing, and nothing is there twice, whoever is killed when. */
class KilledCollectorIT {
  @TempDir Path folder;

  @Test
  void fewKills() throws Exception {
    kills(4, 17);
  }

  @Test
  @Tag("soak")
  void aHundredKills() throws Exception {
    kills(100, 18);
  }

  private void kills(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    try (PostgresServer postgres = PostgresServer.start(folder)) {
      CollectorFolder files = CollectorFolder.write(folder, postgres.port(), "postgres", List.of());
      try (CollectorServer collector =
              CollectorServer.start(files, folder.resolve("collector.log"));
          Sender sender = new Sender(collector.uri("/v1/batch"), 4)) {
        for (int i = 0; i < kills; i++) {
          int before = sender.count();
          int enough = before + 50 + random.nextInt(500);
          await().atMost(120, SECONDS).until(() -> sender.count() > enough);
          if (i % 2 == 0) {
            collector.kill();
            collector.startAgain();
          } else {
            postgres.kill();
            postgres.startAgain();
          }
        }
        Set<Long> answered = sender.end();
        await().atMost(120, SECONDS).until(() -> waiting(postgres) == 0);

        assertThat(sender.retries()).as("what the kills have cost").isPositive();
        assertThat(stored(postgres)).isEqualTo(answered);
        assertThat(one(postgres, "select count(*) from event")).isEqualTo(answered.size());
        assertThat(one(postgres, "select count(*) from quarantine")).isZero();
      }
    }
  }

  private static long waiting(PostgresServer postgres) {
    try {
      return one(postgres, "select count(*) from intake");
    } catch (SQLException notYet) {
      return -1;
    }
  }

  private static long one(PostgresServer postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Set<Long> stored(PostgresServer postgres) throws SQLException {
    Set<Long> numbers = new HashSet<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select (properties ->> 'n')::bigint from event")) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }
}
