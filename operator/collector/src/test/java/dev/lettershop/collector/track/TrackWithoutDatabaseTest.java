package dev.lettershop.collector.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.collector.process.PostgresServer;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One start of PostgreSQL, which is killed: that takes a few seconds. */
class TrackWithoutDatabaseTest {
  private static final Spool.Timing TIMING =
      new Spool.Timing(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(1));

  private static List<String> query(PostgresServer server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  @Test
  void linksLeadOnAndEveryHitIsStoredOnce(@TempDir Path folder) throws Exception {
    try (PostgresServer server = PostgresServer.start(folder)) {
      StoreSettings settings =
          new StoreSettings(
              "127.0.0.1",
              server.port(),
              "postgres",
              "postgres",
              "unused",
              TlsMode.Disable,
              null,
              4);
      try (Store owner = Store.open(settings)) {
        owner.migrate(ProfileSchema.of(List.of(), List.of()));
      }
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        for (String rows : TestTracking.ROWS) {
          statement.execute(rows);
        }
      }
      try (Store web = Store.openForCollector(settings, Vault.NONE);
          TestTracking tracking =
              new TestTracking(
                  web.hits(),
                  new Spool(
                      folder.resolve("spool"),
                      1 << 24,
                      Vault.NONE,
                      TIMING,
                      new SimpleMeterRegistry()),
                  folder.resolve("links"))) {
        assertThat(follow(tracking, 0)).isEqualTo(302);

        server.kill();
        int spooled = 0;
        for (int i = 1; i <= 60; i++) {
          assertThat(follow(tracking, i)).isEqualTo(302);
          spooled = i;
        }
        assertThat(tracking.send("GET", TestTracking.open(TestTracking.ADA)).statusCode())
            .isEqualTo(200);
        assertThat(tracking.hits("Spooled")).isPositive();
        assertThat(tracking.hits("Lost")).isZero();

        server.startAgain();
        int all = spooled + 2;
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> query(server, "select 1 from hit").size() >= all);
        assertThat(follow(tracking, 99)).isEqualTo(302);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> query(server, "select 1 from hit").size() >= all + 1);
        assertThat(query(server, "select agent from hit where kind = 'Click'"))
            .as("each once")
            .doesNotHaveDuplicates()
            .hasSize(spooled + 2);
        assertThat(query(server, "select profile_id from hit where kind = 'Open'"))
            .containsExactly("1001");
      }
    }
  }

  private static int follow(TestTracking tracking, int number) throws Exception {
    HttpResponse<String> answer =
        tracking.send(
            "GET",
            TestTracking.click(TestTracking.ADA, 1, "n" + number),
            "user-agent",
            "client " + number);
    assertThat(answer.headers().firstValue("location"))
        .contains("https://shop.example/p/n" + number + "?x=1");
    return answer.statusCode();
  }
}
