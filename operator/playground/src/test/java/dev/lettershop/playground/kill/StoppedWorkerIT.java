package dev.lettershop.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A worker that stands still (SIGSTOP) keeps its session and its lock, and wakes up long after its
 * lease has run out and another has taken its place.
 */
@Tag("soak")
class StoppedWorkerIT {
  private static final int PEOPLE = 3_000;

  /** As the shop's transport says. */
  private static final int CONNECTIONS = 4;

  private static final int PER_SECOND = 400;

  /**
   * Mails whose answer the worker had and whose outcome the ledger did not have yet: outcomes are
   * written every 100 ms, and later when the machine is busy.
   */
  private static final int NOT_WRITTEN_DOWN = PER_SECOND / 5;

  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource({"Skip, 0", "Resend, " + (CONNECTIONS + NOT_WRITTEN_DOWN)})
  @Timeout(400)
  void whoWakesUpAfterItsLeaseHandsOverNothingThatAnotherMaySend(String onUncertain, int twice)
      throws Exception {
    PostgresServer postgres = PostgresServer.start(scratch);
    int port = freePort();
    Process first = null;
    Process second = null;
    try (KillableMailServer mail = KillableMailServer.start(port, scratch.resolve("taken"))) {
      ShardedShop shop =
          ShardedShop.write(
              scratch,
              postgres.port(),
              port,
              PEOPLE,
              1,
              PER_SECOND,
              "{onUncertain: " + onUncertain + "}",
              List.of("people.example"));
      first = shop.start("stopped", 0);
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> mail.taken().size() >= PEOPLE / 10);
      signal("STOP", first);

      second = shop.start("stopped", 0);
      int exit = 1;
      while (exit == 1) {
        // As Kubernetes does, again and again until the lease has run out.
        assertThat(second.waitFor(3, TimeUnit.MINUTES)).isTrue();
        exit = second.exitValue();
        second = exit == 1 ? shop.start("stopped", 0) : second;
      }
      assertThat(exit).as(shop.log(0)).isZero();
      int before = mail.taken().size();
      signal("CONT", first);
      assertThat(first.waitFor(2, TimeUnit.MINUTES)).as("the first one ends").isTrue();

      assertThat(first.exitValue()).as(shop.log(0)).isIn(0, 1);
      Map<String, Integer> mails = new HashMap<>();
      for (String line : mail.taken()) {
        mails.merge(line.split(" ")[0], 1, Integer::sum);
      }
      assertThat(mails.values().stream().filter(n -> n > 1).count())
          .as("mailed twice, of those without an outcome when it was stopped")
          .isLessThanOrEqualTo(twice);
      assertThat(mail.taken().size() - before)
          .as("mails after it woke up, which were in the middle of a dialogue")
          .isLessThanOrEqualTo(CONNECTIONS);
      Map<String, Long> states = states(postgres);
      assertThat(states.keySet()).isSubsetOf("sent", "uncertain");
      assertThat(states.values().stream().mapToLong(n -> n).sum()).isEqualTo(PEOPLE);
      assertThat((long) mails.size())
          .isBetween(states.get("sent"), states.get("sent") + states.getOrDefault("uncertain", 0L));
      System.out.printf(
          "onUncertain %s: %d mails to %d people, %d of them after it woke up; %s%n",
          onUncertain, mail.taken().size(), mails.size(), mail.taken().size() - before, states);
    } finally {
      for (Process process : new Process[] {first, second}) {
        if (process != null) {
          process.destroyForcibly();
        }
      }
      postgres.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, process.pid() + "").start().waitFor())
        .isZero();
  }

  private static Map<String, Long> states(PostgresServer postgres) throws Exception {
    Map<String, Long> states = new HashMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select state::text, count(*) from delivery group by 1")) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getLong(2));
      }
    }
    return states;
  }
}
