package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever moment the sync of a file is killed at: syncing again leaves what one sync would have.
 */
class KilledFileSyncTest {
  private static final int ROWS = 20_000;
  private static final int KILLS = 25;
  private static final List<String> QUERIES =
      List.of(
          "select email, email_key, first_name, city, extra from profile order by email, first_name",
          "select kind, value from identity order by 1, 2",
          "select key, attributes, extra from contribution order by 1, 2",
          "select position, field, reason from quarantine order by 1",
          "select source, position from source_position",
          "select action, count(*) from audit where action <> 'profile.merged' group by 1");

  @TempDir private Path scratch;
  private final Random random = new Random();
  private TestShop killed;
  private TestShop clean;
  private PodCommand pod;

  @BeforeEach
  void open() throws Exception {
    killed = shop("killed");
    clean = shop("clean");
    pod = new PodCommand(killed, null, Files.createDirectories(scratch.resolve("killed-pods")));
  }

  private TestShop shop(String name) throws Exception {
    TestShop shop = new TestShop(Files.createDirectories(scratch.resolve(name)), 25, 0);
    shop.edit(
            "identity: {key",
            "onInvalid: {failAbovePercent: 50}\n  normalise: {fields: [{name: email, onInvalid: Quarantine}]}\n  identity: {key")
        .writePlans();
    return shop;
  }

  /** One row in twenty is unusable, one in ten shares its address with another. */
  private void write(int round) throws IOException {
    StringBuilder csv = new StringBuilder("number,email,first_name,city,card\n");
    for (int i = 0; i < ROWS; i++) {
      int mailbox = i % 10 == 3 ? i / 2 : i;
      csv.append(i).append(",zebulon.").append(mailbox).append(i % 20 == 1 ? "@@" : "@");
      csv.append("people.example,Zebulon")
          .append(i)
          .append(i % 3 == round % 3 ? ",Boston," : ",Graz,");
      csv.append(i % 7 == 0 ? "gold" : "").append('\n');
    }
    Files.writeString(killed.peopleFile(), csv);
    Files.writeString(clean.peopleFile(), csv);
  }

  @Test
  void whileItReadsAndWhileItMerges() throws Exception {
    write(0);
    killWhen("copy%");
    finishAndCompare();
    write(1);
    killWhen("%load\\_%");
    finishAndCompare();
  }

  @Test
  @Tag("soak")
  void atAnyMomentManyTimes() throws Exception {
    Map<String, Integer> moments = new TreeMap<>();
    long longest = 0;
    for (int round = 0; round < KILLS; round++) {
      write(round);
      for (int kill = 0; kill < 3; kill++) {
        PodCommand.Started sync = pod.start("sync", "--full");
        long millis = longest == 0 ? 1500 : random.nextLong(longest);
        boolean ended = sync.process().waitFor(millis, TimeUnit.MILLISECONDS);
        moments.merge(ended ? "ended" : moment(), 1, Integer::sum);
        sync.kill();
      }
      long start = System.nanoTime();
      finishAndCompare();
      longest = Duration.ofNanos(System.nanoTime() - start).toMillis() + 1000;
      if (round % 5 == 4) {
        killed = shop("killed" + round);
        clean = shop("clean" + round);
        pod =
            new PodCommand(killed, null, Files.createDirectories(scratch.resolve("pods" + round)));
      }
    }
    System.out.println("Killed at: " + moments);
    assertThat(moments).containsKey("reading");
  }

  private String moment() throws SQLException {
    if (isRunning("copy%")) {
      return "reading";
    }
    return isRunning("%load\\_%") ? "merging" : "elsewhere";
  }

  private void killWhen(String query) throws Exception {
    PodCommand.Started sync = pod.start("sync", "--full");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    boolean met = false;
    try (Connection connection = killed.connect();
        Statement statement = connection.createStatement()) {
      while (!met && sync.process().isAlive() && System.nanoTime() < deadline) {
        met = isRunning(statement, query);
      }
    }
    sync.kill();
    assertThat(met).as("the sync was seen at " + query).isTrue();
  }

  private boolean isRunning(String query) throws SQLException {
    try (Connection connection = killed.connect();
        Statement statement = connection.createStatement()) {
      return isRunning(statement, query);
    }
  }

  private static boolean isRunning(Statement statement, String query) throws SQLException {
    try (ResultSet running =
        statement.executeQuery(
            "select from pg_stat_activity where datname = current_database() and state = 'active'"
                + " and pid <> pg_backend_pid() and query ilike '"
                + query
                + "'")) {
      return running.next();
    }
  }

  private void finishAndCompare() throws Exception {
    PodCommand.Result rest = pod.call("sync");
    PodCommand.Result once =
        new PodCommand(clean, null, Files.createTempDirectory(scratch, "pods")).call("sync");

    assertThat(rest.exitCode()).as(rest.out()).isZero();
    assertThat(once.exitCode()).as(once.err()).isZero();
    for (String query : QUERIES) {
      assertThat(rows(killed, query)).as(query).isEqualTo(rows(clean, query));
    }
    assertThat(killed.query("select count(*) from profile")).isNotEqualTo("0");
  }

  private static List<String> rows(TestShop shop, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(result.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
