package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.TestShop;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.store.Store;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.execute.TriggerExecution;
import dev.lettershop.worker.mount.MountedSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A triggered campaign, from the event that is stored to the mail that a server takes. */
@Timeout(300)
class SendTriggeredTest {
  private static final int PEOPLE = 20;
  private static final String EVENT =
      "      event: cart_abandoned\n      when: event.total > 10.0\n";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path scratch;

  private final FaultySmtpServer inbox =
      new FaultySmtpServer(call -> null, "PIPELINING", "8BITMIME");
  private final List<Worker> workers = new ArrayList<>();
  private TestShop shop;
  private Store store;

  /** A worker's Pod in a thread of this process. */
  private static final class Worker {
    private final Cancellation cancellation = new Cancellation();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final TriggerExecution execution;
    private final Thread thread;

    Worker(PlanDocument plan, Path secrets, String name) {
      execution =
          new TriggerExecution(
              plan,
              new MountedSecrets(secrets),
              Clock.systemUTC(),
              new RunListener() {
                @Override
                public void note(String message) {
                  notes.add(message);
                }
              },
              cancellation,
              name);
      thread = new Thread(execution::run, name);
      thread.start();
    }

    void stop() throws InterruptedException {
      cancellation.cancel();
      thread.join(PATIENCE.toMillis());
    }
  }

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(scratch, inbox.port(), PEOPLE);
    shop.edit(
            "  - name: viewed\n    properties: []",
            "  - name: cart_abandoned\n"
                + "    properties: [{name: cart, type: String}, {name: total, type: Double}]\n"
                + "  - name: ordered\n"
                + "    properties: [{name: cart, type: String}]")
        .edit("  audience: {include: [everybody]}\n", "")
        .edit(
            "  schedule: {cron: \"0 9 * * MON\"}\n",
            "  schedule:\n    trigger:\n"
                + EVENT
                + "      delay: 0s\n      unless: {event: ordered, matching: [cart]}\n")
        .edit(
            "<p>{{content.greeting}}, {{profile.first_name}}.</p>",
            "<p>{{profile.first_name}}"
                + " {{#events.cart_abandoned}}[{{cart}}]{{/events.cart_abandoned}}</p>")
        .edit("    holdoutPercent: 10\n", "");
    shop.writePlans();
    store = shop.store();
  }

  @AfterEach
  void close() throws Exception {
    for (Worker worker : workers) {
      worker.stop();
    }
    store.close();
    inbox.close();
  }

  private PlanDocument plan() throws Exception {
    shop.writePlans();
    return new PlanFiles(
            Map.of(
                "campaign.json.gz",
                Files.readAllBytes(scratch.resolve("plan-send/campaign.json.gz"))))
        .campaign();
  }

  /** A worker that is at work. */
  private Worker start(String name) throws Exception {
    Worker worker = new Worker(plan(), shop.secrets(), name);
    workers.add(worker);
    await(() -> worker.execution.isReady());
    return worker;
  }

  private void await(Callable<Boolean> condition) {
    Awaitility.await()
        .alias("notes of the workers: " + workers.stream().map(w -> w.notes.toString()).toList())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }

  private void people() throws Exception {
    store.migrate(plan().plan().store().schema());
    shop.execute(
        """
        insert into profile (id, email, email_key, first_name, city)
        select i, 'zebulon.' || i || '@people.example', 'zebulon.' || i || '@people.example',
               'Zebulon' || i, 'Boston' from generate_series(1, %d) i
        """
            .formatted(PEOPLE));
    shop.execute(
        "insert into identity select 'number', i::text, i from generate_series(1, %d) i"
            .formatted(PEOPLE));
  }

  private void event(
      int person, String name, String id, Instant at, Map<String, Object> properties) {
    try (EventLoad load = store.loadEvents("web", "number", Continuation.Onwards)) {
      load.add(new LoadedEvent(id, id, Integer.toString(person), name, at, properties));
      load.commit();
    }
  }

  private void cart(int person, String cart, double total) {
    event(person, "cart_abandoned", cart, Instant.now(), Map.of("cart", cart, "total", total));
  }

  private Map<String, Long> outcomes() throws Exception {
    return shop.counts(
        "select outcome, count(*) from trigger_entry where outcome is not null group by 1");
  }

  @Test
  void aMailGoesOutSoonAfterTheEventAndShowsIt() throws Exception {
    people();
    start("one");
    cart(3, "c3", 50);
    await(() -> inbox.received().size() == 1);
    cart(4, "c4", 5);
    await(() -> outcomes().containsKey("notMatching"));
    cart(3, "c3-again", 60);
    await(() -> outcomes().containsKey("reentry"));

    assertThat(inbox.received()).hasSize(1);
    assertThat(inbox.received().get(0).rcpt()).contains("zebulon.3@people.example");
    assertThat(inbox.received().get(0).text()).contains("Zebulon3 [c3]");
    assertThat(outcomes()).isEqualTo(Map.of("planned", 1L, "notMatching", 1L, "reentry", 1L));
    await(
        () ->
            "sent"
                .equals(
                    shop.query(
                        "select state from delivery where profile_id = 3 and reason is null")));
    assertThat(shop.query("select name from run order by id limit 1"))
        .matches("trg-\\d{8}-[0-9a-f]{8}");
    assertThat(shop.query("select string_agg(distinct state, ' ') from run")).isEqualTo("Frozen");
  }

  @Test
  void aTransactionalMailNeedsNoConsentAndGoesToNoAddressThatBouncedOrComplained()
      throws Exception {
    shop.edit("  topic: newsletter\n", "  topic: none\n")
        .edit(
            """
              experiment:
                variants:
                - {name: a, weight: 50}
                - {name: b, weight: 50}
            """,
            "");
    people();
    for (int person = 1; person <= 4; person++) {
      shop.execute(
          """
          insert into consent_state (profile_id, topic, status, occurred_at)
          values (%d, 'newsletter', 'Withdrawn', now())
          """
              .formatted(person));
    }
    List<SuppressionReason> reasons =
        List.of(
            SuppressionReason.HardBounce,
            SuppressionReason.Complaint,
            SuppressionReason.Unsubscribed);
    for (int i = 0; i < reasons.size(); i++) {
      store
          .suppressions()
          .add(
              List.of("zebulon." + (i + 1) + "@people.example"),
              SuppressionCause.decided(reasons.get(i), "user/test", null));
    }
    start("one");
    for (int person = 1; person <= 5; person++) {
      cart(person, "c" + person, 50);
    }
    await(() -> inbox.received().size() == 3 && outcomes().containsKey("suppressed"));

    assertThat(outcomes()).isEqualTo(Map.of("planned", 3L, "suppressed", 2L));
    assertThat(inbox.received())
        .extracting(FaultySmtpServer.Received::rcpt)
        .allMatch(rcpt -> rcpt.matches(".*zebulon\\.[345]@people.example.*"));
    assertThat(inbox.received())
        .allMatch(mail -> mail.text().contains("Auto-Submitted: auto-generated"))
        .noneMatch(mail -> mail.text().contains("List-"));
  }

  @Test
  void theSameEventWithOtherTimesIsOneMail() throws Exception {
    people();
    start("one");
    Instant now = Instant.now();
    for (int i = 0; i < 5; i++) {
      event(
          7, "cart_abandoned", "same", now.plusSeconds(i - 2), Map.of("cart", "c", "total", 99.0));
    }
    await(() -> inbox.received().size() == 1);
    cart(8, "end", 99);
    await(() -> inbox.received().size() == 2);

    assertThat(shop.query("select count(*) from trigger_entry")).isEqualTo("2");
  }

  @Test
  void whatCancelsIsFoundInWhateverOrderItCame() throws Exception {
    shop.edit("delay: 0s", "delay: 2s").edit("matching: [cart]", "matching: [cart], since: 1h");
    people();
    start("one");
    Instant now = Instant.now();
    event(1, "ordered", "o1", now.minusSeconds(60), Map.of("cart", "a"));
    event(1, "cart_abandoned", "a", now, Map.of("cart", "a", "total", 99.0));
    event(2, "cart_abandoned", "b", now, Map.of("cart", "b", "total", 99.0));
    event(2, "ordered", "o2", now.plusMillis(1), Map.of("cart", "b"));
    event(3, "cart_abandoned", "c", now, Map.of("cart", "c", "total", 99.0));
    event(3, "ordered", "o3", now, Map.of("cart", "another"));
    await(() -> inbox.received().size() == 1 && outcomes().getOrDefault("cancelled", 0L) == 2);

    assertThat(inbox.received().get(0).rcpt()).contains("zebulon.3@people.example");
  }

  @Test
  void nobodyIsMailedBeforeASourceOfWhatCancelsHasBeenRead() throws Exception {
    shop.edit(
        "kind: Segment\nmetadata: {name: everybody",
        """
        kind: ProfileSource
        metadata: {name: orders, namespace: shop}
        spec:
          provides: Events
          schedule: {cron: "*/5 * * * *"}
          file: {format: Csv, path: orders.csv, volume: {configMap: {name: orders}}}
          identity: {key: number}
          mapping:
          - {to: name, value: "'ordered'"}
          - {to: occurred_at, value: "timestamp(record.at)"}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: everybody""");
    people();
    Worker worker = start("one");
    cart(5, "c5", 50);
    await(() -> worker.execution.status() != null && worker.execution.status().held() != null);
    assertThat(inbox.received()).isEmpty();
    event(5, "ordered", "o5", Instant.now(), Map.of("cart", "c5"));
    cart(6, "c6", 50);
    store.triggers().wasRead("orders", store.triggers().now());
    await(() -> inbox.received().size() == 1 && outcomes().containsKey("cancelled"));

    assertThat(inbox.received().get(0).rcpt()).contains("zebulon.6@people.example");
  }

  @Test
  void anEditOfTheDelayCountsForThoseWhoWaitAndWhatWasDecidedIsSentAsItWas() throws Exception {
    shop.edit("delay: 0s", "delay: 3h");
    people();
    Worker first = start("one");
    for (int i = 1; i <= PEOPLE; i++) {
      cart(i, "c" + i, 50);
    }
    await(
        () ->
            "20".equals(shop.query("select count(*) from trigger_entry where decided_at is null")));
    first.stop();
    assertThat(inbox.received()).isEmpty();
    shop.edit("delay: 3h", "delay: 0s")
        .edit("\"{{content.greeting}}, {{profile.first_name}}\"", "\"Your cart\"");
    start("two");
    await(() -> inbox.received().size() == PEOPLE);

    assertThat(inbox.received()).allMatch(mail -> mail.text().contains("Your cart"));
    assertThat(inbox.received().stream().map(FaultySmtpServer.Received::rcpt).distinct())
        .hasSize(PEOPLE);
  }

  @Test
  void theMailCarriesWhatTheEventBrings() throws Exception {
    shop.edit(
        "  schedule:\n    trigger:\n",
        "  attachments:\n"
            + "  - {name: cart.txt, type: text/plain, contentProperty: cart}\n"
            + "  schedule:\n    trigger:\n");
    people();
    start("one");
    cart(5, "Y2FydCBmaXZl", 50);
    cart(6, "no base64!", 50);
    await(() -> inbox.received().size() == 1);
    await(
        () ->
            "AttachmentRefused"
                .equals(shop.query("select code from delivery where profile_id = 6")));

    assertThat(inbox.received()).hasSize(1);
    assertThat(inbox.received().get(0).text())
        .contains("multipart/mixed", "filename=\"cart.txt\"", "Y2FydCBmaXZl\r\n--");
  }

  @Test
  void twoWorkersMailNobodyTwiceAndOneGoesOnAlone() throws Exception {
    people();
    Worker one = start("one");
    start("two");
    for (int i = 1; i <= PEOPLE / 2; i++) {
      cart(i, "c" + i, 50);
    }
    await(() -> inbox.received().size() == PEOPLE / 2);
    one.stop();
    for (int i = PEOPLE / 2 + 1; i <= PEOPLE; i++) {
      cart(i, "c" + i, 50);
    }
    await(() -> inbox.received().size() == PEOPLE);

    assertThat(inbox.received().stream().map(FaultySmtpServer.Received::rcpt).distinct())
        .hasSize(PEOPLE);
  }

  @Test
  void whoEntersASegmentIsMailedAndNobodyWhoWasInItBefore() throws Exception {
    shop.edit(EVENT, "      enters: {segment: bostonians}\n").edit(", matching: [cart]", "");
    people();
    shop.execute("update profile set city = 'Rome' where id > 15");
    start("one");
    await(() -> "15".equals(shop.query("select size from segment where name = 'bostonians'")));
    shop.execute("update profile set city = 'Boston' where id = 16");
    await(() -> inbox.received().size() == 1);

    assertThat(inbox.received().get(0).rcpt()).contains("zebulon.16@people.example");
    assertThat(shop.query("select count(*) from trigger_entry")).isEqualTo("1");
  }
}
