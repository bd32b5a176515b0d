package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.store.Store;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.testkit.FaultySmtpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers of a triggered campaign, which are killed while events come in. */
@Timeout(3600)
class KilledTriggersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int EVENTS_A_KILL = 25;

  @TempDir Path scratch;

  private final FaultySmtpServer inbox =
      new FaultySmtpServer(call -> null, "PIPELINING", "8BITMIME");
  private final List<PodCommand.Started> started = new ArrayList<>();
  private TestShop shop;
  private PodCommand pod;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(scratch, inbox.port(), 1);
    shop.edit("  audience: {include: [everybody]}\n", "")
        .edit(
            "  schedule: {cron: \"0 9 * * MON\"}\n",
            "  schedule: {trigger: {event: viewed, delay: 1s}}\n")
        .edit("    holdoutPercent: 10\n", "");
    shop.writePlans();
    Files.move(shop.plan("send"), shop.plan("send-triggered"));
    pod = new PodCommand(shop, null, scratch);
  }

  @AfterEach
  void close() throws Exception {
    for (PodCommand.Started process : started) {
      process.kill();
    }
    inbox.close();
  }

  private PodCommand.Started start() throws Exception {
    PodCommand.Started process = pod.start("send-triggered", "--probe-port=-1");
    started.add(process);
    return process;
  }

  @Test
  void nobodyIsLostOrMailedTwice() throws Exception {
    storm(2);
  }

  @Test
  @Tag("soak")
  void nobodyIsLostOrMailedTwiceInManyKills() throws Exception {
    storm(200);
  }

  private void storm(int kills) throws Exception {
    PlanDocument plan =
        new PlanFiles(
                Map.of(
                    "campaign.json.gz",
                    Files.readAllBytes(shop.plan("send-triggered").resolve("campaign.json.gz"))))
            .campaign();
    int people = (kills + 1) * EVENTS_A_KILL;
    try (Store store = shop.store()) {
      store.migrate(plan.plan().store().schema());
      shop.execute(
          """
          insert into profile (id, email, email_key)
            select i, i || '@people.example', i || '@people.example'
            from generate_series(1, %1$d) i;
          insert into identity select 'number', i::text, i from generate_series(1, %1$d) i
          """
              .formatted(people));
      PodCommand.Started[] workers = {start(), start()};
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> "1".equals(shop.query("select count(*) from campaign_trigger")));
      Random random = new Random(20261130);
      int next = 1;
      for (int kill = 0; kill <= kills; kill++) {
        for (int i = 0; i < EVENTS_A_KILL; i++) {
          event(store, next++);
        }
        int mails = inbox.received().size();
        Awaitility.await().atMost(PATIENCE).until(() -> inbox.received().size() > mails);
        if (kill < kills) {
          int victim = random.nextInt(workers.length);
          workers[victim].kill();
          workers[victim] = start();
        }
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  "0".equals(shop.query("select count(*) from trigger_entry where outcome is null"))
                      && "0"
                          .equals(
                              shop.query(
                                  """
                                  select count(*) from delivery
                                  where state in ('planned', 'claimed', 'sending', 'deferred')
                                  """)));
    }

    assertThat(shop.query("select count(*) from trigger_entry where outcome = 'planned'"))
        .isEqualTo(Integer.toString(people));
    Map<String, Long> states = shop.counts("select state::text, count(*) from delivery group by 1");
    assertThat(states.getOrDefault("sent", 0L) + states.getOrDefault("uncertain", 0L))
        .as("%s", states)
        .isEqualTo(people);
    Map<String, Integer> mails = new HashMap<>();
    inbox.received().forEach(mail -> mails.merge(mail.rcpt(), 1, Integer::sum));
    assertThat(mails.values()).containsOnly(1);
    assertThat((long) mails.size()).isBetween(states.get("sent"), (long) people);
  }

  private static void event(Store store, int person) {
    String id = "v" + person;
    try (EventLoad load = store.loadEvents("web", "number", Continuation.Onwards)) {
      load.add(
          new LoadedEvent(id, id, Integer.toString(person), "viewed", Instant.now(), Map.of()));
      load.commit();
    }
  }
}
