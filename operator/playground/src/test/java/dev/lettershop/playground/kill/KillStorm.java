package dev.lettershop.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.playground.inbox.Stage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Four shards send run after run, each as a process that is started again when it dies, while
 * SIGKILL hits one or several of them, PostgreSQL, or the SMTP server at every stage of the
 * dialogue.
 */
final class KillStorm implements AutoCloseable {
  private static final int SHARDS = 4;
  private static final int CONNECTIONS = 4;

  /** Most that a worker has marked at a time. */
  private static final int MARKED = 3 * CONNECTIONS;

  /** Exit code of a run that is complete, and in which somebody failed. */
  private static final int SOME_FAILED = 3;

  private static final long PATIENCE = Duration.ofMinutes(4).toNanos();
  private static final List<Stage> STAGES =
      List.of(Stage.Mail, Stage.Data, Stage.Content, Stage.Kept);

  private final int people;
  private final Random random;
  private final PostgresServer postgres;
  private final KillableMailServer mail;
  private final ShardedShop shop;
  private final Process[] shards = new Process[SHARDS];
  private final boolean[] done = new boolean[SHARDS];
  private final Map<Stage, Integer> mailKills = new EnumMap<>(Stage.class);
  private int workerKills;
  private int databaseKills;
  private int run;

  KillStorm(Path scratch, int people, int perSecond, long seed) throws IOException {
    this.people = people;
    this.random = new Random(seed);
    this.postgres = PostgresServer.start(scratch);
    int port = freePort();
    this.mail = KillableMailServer.start(port, scratch.resolve("taken"));
    this.shop =
        ShardedShop.write(
            scratch,
            postgres.port(),
            port,
            people,
            SHARDS,
            perSecond,
            "{onUncertain: Skip}",
            List.of("people.example", "others.example"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Kills so often, then lets everything come to its end. */
  KillStorm kill(int kills) throws Exception {
    begin();
    for (int i = 0; i < kills; i++) {
      letRun(200 + random.nextInt(1000));
      switch (i % 4) {
        case 1 -> killDatabase();
        case 3 -> killMailServer(STAGES.get(i / 4 % STAGES.size()));
        default -> killWorkers(1 + random.nextInt(random.nextInt(SHARDS) + 1));
      }
    }
    finish();
    return this;
  }

  /** Kills PostgreSQL alone. */
  KillStorm killDatabaseOnly(int kills) throws Exception {
    begin();
    for (int i = 0; i < kills; i++) {
      letRun(1500 + random.nextInt(1000));
      killDatabase();
    }
    finish();
    return this;
  }

  private void finish() throws Exception {
    long until = System.nanoTime() + PATIENCE;
    while (!allDone()) {
      assertThat(System.nanoTime() - until)
          .as("run " + run + " ends; a shard says\n" + shop.log(0))
          .isNegative();
      supervise();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void begin() throws IOException, InterruptedException {
    run++;
    for (int i = 0; i < SHARDS; i++) {
      done[i] = false;
      shards[i] = shop.start("run-" + run, i);
    }
  }

  /** Watches over the shards for a while; a run that is finished is followed by another. */
  private void letRun(long millis) throws Exception {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() - until < 0) {
      supervise();
      if (allDone()) {
        begin();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void supervise() throws IOException, InterruptedException {
    for (int i = 0; i < SHARDS; i++) {
      if (!done[i] && !shards[i].isAlive()) {
        int exit = shards[i].exitValue();
        assertThat(exit).as("exit code; it says\n" + shop.log(i)).isIn(0, 1, SOME_FAILED, 137);
        if (exit == 0 || exit == SOME_FAILED) {
          done[i] = true;
        } else {
          shards[i] = shop.start("run-" + run, i);
        }
      }
    }
  }

  private boolean allDone() {
    for (boolean one : done) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  private void killWorkers(int count) {
    for (int i = 0; i < count; i++) {
      int shard = random.nextInt(SHARDS);
      if (shards[shard].isAlive()) {
        shards[shard].destroyForcibly();
        workerKills++;
      }
    }
  }

  private void killDatabase() throws InterruptedException {
    postgres.kill();
    databaseKills++;
    postgres.startAgain();
  }

  private void killMailServer(Stage stage) throws Exception {
    mail.dieAt(stage);
    long until = System.nanoTime() + PATIENCE;
    while (!mail.isDead()) {
      assertThat(System.nanoTime() - until).as("a session comes to " + stage).isNegative();
      letRun(20);
    }
    mailKills.merge(stage, 1, Integer::sum);
    mail.startAgain();
  }

  /** Nobody skipped, nobody twice, and in doubt only who may be. */
  KillStorm verify() throws Exception {
    Map<String, Integer> perMessage = new HashMap<>();
    Map<String, Integer> perRecipient = new HashMap<>();
    for (String line : mail.taken()) {
      perMessage.merge(line.split(" ")[1], 1, Integer::sum);
      perRecipient.merge(line.split(" ")[0], 1, Integer::sum);
    }
    assertThat(perMessage).doesNotContainKey("without-id");
    assertThat(perMessage.values()).as("mails with the same Message-ID").containsOnly(1);
    Map<String, Long> states = new TreeMap<>();
    Map<String, Integer> sent = new HashMap<>();
    Map<String, Integer> doubtful = new HashMap<>();
    Map<String, Integer> failed = new HashMap<>();
    query(
        """
        select d.state || case when d.reason is null then '' else ' ' || d.reason end, p.email
        from delivery d join profile p on p.id = d.profile_id
        """,
        row -> {
          states.merge(row.getString(1), 1L, Long::sum);
          Map<String, Integer> count =
              switch (row.getString(1)) {
                case "sent" -> sent;
                case "uncertain" -> doubtful;
                default -> failed;
              };
          count.merge(row.getString(2), 1, Integer::sum);
        });
    // Whose dialogue the server has died in five times is given up, and the run says so.
    assertThat(states.keySet()).isSubsetOf("sent", "uncertain", "failed triedInVain");
    assertThat(failed).hasSizeLessThanOrEqualTo(total(mailKills) / 5);
    assertThat(states.values().stream().mapToLong(n -> n).sum()).isEqualTo((long) people * run);
    assertThat(perRecipient)
        .allSatisfy(
            (recipient, mails) ->
                assertThat(mails)
                    .isBetween(
                        sent.getOrDefault(recipient, 0),
                        sent.getOrDefault(recipient, 0) + doubtful.getOrDefault(recipient, 0)));
    assertThat(perRecipient.keySet()).containsAll(sent.keySet());
    int lostReplies = total(mailKills) * SHARDS * CONNECTIONS;
    assertThat(uncertain()).isLessThanOrEqualTo((long) workerKills * MARKED + lostReplies);
    System.out.printf(
        "%d kills (%d of workers, %d of PostgreSQL, of the SMTP server %s) over %d runs of %d"
            + " recipients: %d mails, %d sent, %d uncertain of whom %d have the mail, %d tried in"
            + " vain, nobody skipped, nobody twice%n",
        workerKills + databaseKills + total(mailKills),
        workerKills,
        databaseKills,
        mailKills,
        run,
        people,
        perMessage.size(),
        states.getOrDefault("sent", 0L),
        uncertain(),
        perMessage.size() - states.getOrDefault("sent", 0L),
        failed.size());
    return this;
  }

  private static int total(Map<Stage, Integer> kills) {
    return kills.values().stream().mapToInt(n -> n).sum();
  }

  long uncertain() throws SQLException {
    long[] count = new long[1];
    query(
        "select count(*) from delivery where state = 'uncertain'",
        row -> count[0] = row.getLong(1));
    return count[0];
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (Process shard : shards) {
      if (shard != null) {
        shard.destroyForcibly().waitFor();
      }
    }
    mail.close();
    postgres.close();
  }
}
