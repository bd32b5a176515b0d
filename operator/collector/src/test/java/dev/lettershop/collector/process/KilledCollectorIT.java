package dev.lettershop.collector.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.collector.Http;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import java.nio.file.Files;
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
    kills(2, 17);
  }

  @Test
  @Tag("soak")
  void aHundredKills() throws Exception {
    kills(Integer.getInteger("kills", 100), 18);
  }

  @Test
  void aCollectorThatIsToldToEndAnswersWhatItHasTaken() throws Exception {
    try (PostgresServer postgres = PostgresServer.start(folder)) {
      CollectorFolder files = CollectorFolder.write(folder, postgres.port(), "postgres", List.of());
      try (CollectorServer collector =
              CollectorServer.start(files, folder.resolve("collector.log"));
          Sender sender = new Sender(collector.uri("/v1/batch"), 4)) {
        await().atMost(120, SECONDS).until(() -> sender.count() > 100);

        collector.process().destroy();

        assertThat(collector.process().waitFor(120, SECONDS)).as("it ends").isTrue();
        collector.startAgain();
        Set<Long> answered = sender.end();
        await().atMost(120, SECONDS).until(() -> waiting(postgres) == 0);
        assertThat(stored(postgres)).isEqualTo(answered);
        assertThat(one(postgres, "select count(*) from event")).isEqualTo(answered.size());
      }
    }
  }

  /** A container that starts again finds what the one before has left on the disk of the Pod. */
  @Test
  void aCollectorThatStartsWhileTheDatabaseIsAwayServesLinks() throws Exception {
    try (PostgresServer postgres = PostgresServer.start(folder)) {
      CollectorFolder files = CollectorFolder.write(folder, postgres.port(), "postgres", List.of());
      try (CollectorServer collector =
          CollectorServer.start(files, folder.resolve("collector.log"))) {
        somebodyIsMailed(postgres);
        RecipientLinks links =
            new RecipientLinks(CollectorFolder.LINKS, LinkKeys.parse(CollectorFolder.LINK_KEY));
        String click =
            links
                .hits()
                .click(7, 1001, 0, List.of())
                .orElseThrow()
                .substring(CollectorFolder.LINKS.length());
        String page = Purpose.Unsubscribe.path() + links.token(Purpose.Unsubscribe, 7, 1001);
        await()
            .atMost(120, SECONDS)
            .until(() -> Files.exists(files.spool().resolve("links").resolve("7.json")));
        postgres.kill();
        collector.kill();

        collector.startAgain();

        assertThat(Http.get(collector.uri(click)).headers().firstValue("location"))
            .contains("https://shop.example/sale");
        assertThat(Http.get(collector.uri(page)).body())
            .contains("You can unsubscribe all the same");
        assertThat(
                Http.post(
                        collector.uri(page),
                        "page=1",
                        "content-type",
                        "application/x-www-form-urlencoded")
                    .body())
            .contains("Your request is recorded");
        postgres.startAgain();
        await()
            .atMost(120, SECONDS)
            .until(
                () ->
                    one(postgres, "select count(*) from consent where status = 'Withdrawn'") == 1
                        && one(postgres, "select count(*) from hit") == 1);
      }
    }
  }

  @Test
  void anUnsubscriptionOutlivesTheDatabaseAndTheCollector() throws Exception {
    try (PostgresServer postgres = PostgresServer.start(folder)) {
      CollectorFolder files = CollectorFolder.write(folder, postgres.port(), "postgres", List.of());
      try (CollectorServer collector =
          CollectorServer.start(files, folder.resolve("collector.log"))) {
        somebodyIsMailed(postgres);
        String link =
            Purpose.Unsubscribe.path()
                + new RecipientLinks(
                        CollectorFolder.LINKS, LinkKeys.parse(CollectorFolder.LINK_KEY))
                    .token(Purpose.Unsubscribe, 7, 1001);
        postgres.kill();

        assertThat(
                Http.post(
                        collector.uri(link),
                        "List-Unsubscribe=One-Click",
                        "content-type",
                        "application/x-www-form-urlencoded")
                    .statusCode())
            .isEqualTo(200);
        assertThat(collector.get("/q/metrics").body())
            .contains(
                "lettershop_collector_spool_records_total{kind=\"unsubscribe\",outcome=\"kept\"} 1.0");
        collector.kill();
        postgres.startAgain();
        collector.startAgain();

        await()
            .atMost(120, SECONDS)
            .until(
                () ->
                    one(postgres, "select count(*) from consent where status = 'Withdrawn'") == 1);
      }
    }
  }

  private static void somebodyIsMailed(PostgresServer postgres) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into profile (id, email, email_key) overriding system value
          values (1001, 'ada@example.com', 'ada@example.com')
          """);
      statement.execute(
          """
          insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
            max_attempts, topic, opt_in, state, frozen_at)
          values (7, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'newsletter', 'Double',
            'Frozen', now())
          """);
      statement.execute(
          "insert into link values (7, 0, 'sale', array['https://shop.example/sale'])");
    }
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
