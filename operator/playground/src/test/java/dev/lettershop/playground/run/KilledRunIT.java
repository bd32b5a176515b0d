package dev.lettershop.playground.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.MemorySink;
import dev.lettershop.playground.inbox.ReceivedMail;
import dev.lettershop.playground.inbox.SmtpInbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 at any moment, then the same command again. */
@Tag("soak")
class KilledRunIT {
  private static final int PEOPLE = 300;
  private static final int KILLS = 20;

  /** Spreads sending over some seconds, so that most kills hit it. */
  private static final int PER_SECOND = 150;

  private static final long SEED = 20260301L;
  private static final Pattern MESSAGE_ID =
      Pattern.compile("(?im)^Message-ID:\\s*(\\S+)", Pattern.CASE_INSENSITIVE);

  @TempDir Path scratch;

  @Test
  void killedAgainAndAgainARunMailsEverybodyOnceOrCountsThemUncertain() throws Exception {
    MemorySink inbox = new MemorySink();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(scratch.resolve("postgresql"));
        SmtpInbox server = SmtpInbox.start(inbox)) {
      CampaignFolder folder =
          CampaignFolder.write(
              scratch.resolve("campaign"), database, server.port(), PEOPLE, PER_SECOND);
      Random random = new Random(SEED);
      int kills = 0;
      int killsWhileSending = 0;
      int run = 1;
      while (kills < KILLS) {
        int before = inbox.mails().size();
        RunProcess process = start(folder, run);
        boolean killed =
            kills % 2 == 0
                ? process.killAfter(random.nextInt(4500))
                : killAfterMails(process, inbox, before + 1 + random.nextInt(PEOPLE / 3));
        if (killed) {
          kills++;
          killsWhileSending += inbox.mails().size() > before ? 1 : 0;
        } else {
          assertThat(process.result().exitCode()).as(process.result().stderr()).isZero();
          run++;
        }
      }
      long uncertain = 0;
      for (int i = 1; i <= run; i++) {
        RunProcess.Result last = start(folder, i).result();
        assertThat(last.exitCode()).as(last.stderr()).isZero();
        JsonNode status = new ObjectMapper().readTree(last.stdout());
        uncertain += status.at("/deliveries/uncertain").asLong();
        assertThat(status.at("/deliveries/sent").asLong())
            .isEqualTo(PEOPLE - status.at("/deliveries/uncertain").asLong());
      }
      assertThat(killsWhileSending).as("kills that hit a run while it was sending").isPositive();
      compare(inbox, database, run);
      System.out.printf(
          "%d kills, %d of them while sending, over %d runs of %d recipients: %d mails, %d uncertain,"
              + " none twice%n",
          kills, killsWhileSending, run, PEOPLE, inbox.mails().size(), uncertain);
    }
  }

  /** Kills as soon as so many mails are in the inbox. */
  private static boolean killAfterMails(RunProcess process, MemorySink inbox, int mails)
      throws InterruptedException {
    while (inbox.mails().size() < mails) {
      if (process.endedWithin(5)) {
        return false;
      }
    }
    return process.killAfter(0);
  }

  private RunProcess start(CampaignFolder folder, int run) throws Exception {
    return RunProcess.start(
        scratch,
        "run",
        "-f",
        folder.path().toString(),
        CampaignFolder.CAMPAIGN,
        "--run-name",
        "killed-" + run,
        "-o",
        "json");
  }

  /** Each mail belongs to a row of the ledger, each row to at most one mail. */
  private static void compare(MemorySink inbox, EmbeddedDatabase database, int runs)
      throws Exception {
    Map<String, Integer> perMessage = new HashMap<>();
    Map<String, Integer> perRecipient = new HashMap<>();
    for (ReceivedMail mail : inbox.mails()) {
      Matcher id = MESSAGE_ID.matcher(new String(mail.content(), StandardCharsets.UTF_8));
      assertThat(id.find()).isTrue();
      perMessage.merge(id.group(1), 1, Integer::sum);
      perRecipient.merge(mail.envelope().recipients().get(0), 1, Integer::sum);
    }
    assertThat(perMessage.values()).as("mails with the same Message-ID").containsOnly(1);
    Map<String, Long> states = states(database);
    assertThat(states.keySet()).isSubsetOf("sent", "uncertain");
    long sent = states.getOrDefault("sent", 0L);
    long uncertain = states.getOrDefault("uncertain", 0L);
    assertThat(sent + uncertain).isEqualTo((long) PEOPLE * runs);
    assertThat((long) inbox.mails().size()).isBetween(sent, sent + uncertain);
    assertThat(perRecipient.values()).allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(runs));
  }

  private static Map<String, Long> states(EmbeddedDatabase database) throws Exception {
    Map<String, Long> states = new HashMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT state::text, count(*) FROM lettershop.delivery GROUP BY 1")) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getLong(2));
      }
    }
    return states;
  }
}
