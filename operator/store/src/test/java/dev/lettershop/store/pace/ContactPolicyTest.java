package dev.lettershop.store.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.store.view.ProfileView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is heeded when recipients are claimed, beyond whose turn it is. */
class ContactPolicyTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final ProfileView VIEW =
      new ProfileView(ProfileSchema.of(List.of(), List.of()), Set.of(), Set.of());

  private static Store store;
  private static Ledger ledger;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(VIEW.schema());
    ledger = store.ledger();
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    store.close();
  }

  @BeforeEach
  void empty() {
    tables.clear();
  }

  private static void people(int count) {
    tables.execute(
        """
        insert into profile (id, email, email_key)
        select i, 'p' || i || '@example.com', 'p' || i || '@example.com'
        from generate_series(1, ?) i
        """,
        count);
  }

  /** A frozen run over everybody. */
  private static Run frozen(String name, int priority, String settings) {
    Run run =
        ledger.begin(
            new RunRequest(
                new RunKey("shop", "sale", name),
                "h",
                "{}",
                false,
                false,
                UncertainPolicy.Skip,
                3));
    tables.execute(
        """
        insert into delivery (run_id, profile_id, address, state)
        select ?, id, hashtextextended(email_key, 0), 'planned' from profile
        """,
        run.id());
    tables.execute(
        "update run set state = 'Frozen', frozen_at = now(), topic = 'news', opt_in = 'Implied',"
            + " priority = ?"
            + (settings.isEmpty() ? "" : ", " + settings)
            + " where id = ?",
        priority,
        run.id());
    return ledger.find(run.key()).orElseThrow();
  }

  private static Lease lease(Run run, int shard, int shards) {
    return ledger.lease(run, shard, shards, "test", TTL);
  }

  private static List<Long> claim(Run run) {
    try (Lease lease = lease(run, 0, 1)) {
      List<Long> ids = ids(ledger.claim(lease, 1000, VIEW));
      ledger.markSending(lease, ids);
      ledger.record(lease, ids.stream().map(Outcome::sent).toList());
      return ids;
    }
  }

  private static List<Long> ids(Collection<Recipient> recipients) {
    return recipients.stream().map(Recipient::profileId).toList();
  }

  private static String state(Run run, long profile) {
    return tables.text(
        "select concat_ws(' ', state, reason) from delivery where run_id = ? and profile_id = ?",
        run.id(),
        profile);
  }

  @Test
  void whoHasQuietHoursWaitsForTheirEndAndTheOthersAreMailed() {
    people(4);
    tables.execute("update profile set time_zone = 'Asia/Tokyo' where id in (1, 2)");
    tables.execute("update profile set time_zone = 'No/Where' where id = 4");
    String hour = "date_trunc('minute', (now() at time zone 'Asia/Tokyo'))::time";
    Run run =
        frozen(
            "r",
            50,
            "quiet_from = %1$s - interval '1 h', quiet_to = %1$s + interval '1 h',".formatted(hour)
                + " default_zone = 'Europe/London'");

    assertThat(claim(run)).containsExactly(3L, 4L);

    assertThat(state(run, 1)).isEqualTo("planned");
    assertThat(ledger.untilNextDue(run).orElseThrow())
        .isBetween(Duration.ofMinutes(57), Duration.ofMinutes(61));
  }

  @Test
  void howLongUntilTheQuietHoursBeginIsSaidWithTheClaim() {
    people(1);
    Run run =
        frozen(
            "r",
            50,
            "quiet_from = (now() at time zone 'UTC')::time + interval '2 h',"
                + " quiet_to = (now() at time zone 'UTC')::time + interval '4 h'");

    try (Lease lease = lease(run, 0, 1)) {
      assertThat(ledger.claim(lease, 10, VIEW))
          .singleElement()
          .satisfies(
              r ->
                  assertThat(r.untilQuiet())
                      .isBetween(Duration.ofMinutes(118), Duration.ofMinutes(121)));
    }
  }

  @Test
  void runsThatClaimAtTheSameTimeTogetherKeepTheCap() throws Exception {
    people(300);
    List<Run> runs =
        IntStream.range(0, 4)
            .mapToObj(i -> frozen("r" + i, 50, "cap_messages = 2, cap_seconds = 86400"))
            .toList();
    List<Callable<Void>> work = new ArrayList<>();
    for (Run run : runs) {
      work.add(
          () -> {
            try (Lease lease = lease(run, 0, 1)) {
              List<Long> ids;
              while (!(ids = ids(ledger.claim(lease, 20, VIEW))).isEmpty()) {
                ledger.markSending(lease, ids);
                ledger.record(lease, ids.stream().map(Outcome::sent).toList());
              }
            }
            return null;
          });
    }
    atOnce(work);

    assertThat(
            tables.rows(
                "select count(*) filter (where state = 'sent'), count(*) filter (where reason ="
                    + " 'frequencyCap') from delivery group by profile_id"))
        .allSatisfy(r -> assertThat(List.of(r.get(0), r.get(1))).isEqualTo(List.of(2L, 2L)));
  }

  private static void atOnce(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    for (Future<Void> done : threads.invokeAll(work)) {
      done.get();
    }
    threads.shutdown();
  }

  @Test
  void theMoreImportantRunKeepsItsPlaceUnderTheCap() {
    people(2);
    String cap = "cap_messages = 1, cap_seconds = 86400";
    Run important = frozen("important", 80, cap);
    Run other = frozen("other", 50, cap);

    assertThat(claim(other)).isEmpty();
    assertThat(state(other, 1)).isEqualTo("skipped frequencyCap");
    assertThat(claim(important)).containsExactly(1L, 2L);
  }

  @Test
  void whoTakesOverTheAddressOfSomebodyMailedIsNotMailedAgain() {
    people(4);
    Run run = frozen("r", 50, "");
    try (Lease lease = lease(run, 0, 1)) {
      List<Long> first = ids(ledger.claim(lease, 1, VIEW));
      ledger.markSending(lease, first);
      ledger.record(lease, List.of(Outcome.sent(1)));
    }
    // A sync in between: 1 moves, 2 gets the address that was mailed, 3 that of 4, who is planned.
    tables.execute(
        "update profile set email = email_key, email_key = 'new@x.example' where id = 1");
    tables.execute("update profile set email_key = 'p1@example.com' where id = 2");
    tables.execute("update profile set email_key = 'p4@example.com' where id = 3");

    assertThat(claim(run)).containsExactly(4L);

    assertThat(state(run, 2)).isEqualTo("skipped duplicateAddress");
    assertThat(state(run, 3)).isEqualTo("skipped duplicateAddress");
  }

  @Test
  void ofSeveralWhoMoveToOneAddressOneIsMailedAndAnAddressThatWasGivenUpIsFree() {
    people(4);
    Run run = frozen("r", 50, "");
    tables.execute("update profile set email_key = 'new@x.example' where id in (1, 2)");
    tables.execute("update profile set email_key = 'p1@example.com' where id = 4");

    assertThat(claim(run)).containsExactly(1L, 3L, 4L);

    assertThat(state(run, 2)).isEqualTo("skipped duplicateAddress");
  }

  @Test
  void domainsThatRestAreLeftAloneByEverybodyOnThatTransport() {
    people(4);
    tables.execute("update profile set email_key = id || '@slow.example' where id < 3");
    Run run = frozen("r", 50, "");
    ledger.rest("shop/relay", "slow.example", 12, Duration.ofMinutes(1));

    try (Lease lease = lease(run, 0, 1)) {
      assertThat(ids(ledger.claim(lease, 10, VIEW, "shop/relay"))).containsExactly(3L, 4L);
      assertThat(ledger.untilNextDue(run).orElseThrow())
          .isBetween(Duration.ofSeconds(55), Duration.ofMinutes(2));
      ledger.endRest("shop/relay", "slow.example");
      tables.execute("update delivery set next_attempt_at = now() where state = 'planned'");
      assertThat(ids(ledger.claim(lease, 10, VIEW, "shop/relay"))).containsExactly(1L, 2L);
    }
  }

  @Test
  void manyShardsOfManyRunsClaimEachRowOnce() throws Exception {
    people(2_000);
    List<Run> runs = List.of(frozen("a", 50, ""), frozen("b", 50, ""), frozen("c", 50, ""));
    Set<String> claimed = new HashSet<>();
    List<String> twice = new ArrayList<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (Run run : runs) {
      for (int i = 0; i < 4; i++) {
        int shard = i;
        work.add(
            () -> {
              try (Lease lease = lease(run, shard, 4)) {
                List<Long> ids;
                while (!(ids = ids(ledger.claim(lease, 37, VIEW))).isEmpty()) {
                  synchronized (claimed) {
                    for (Long id : ids) {
                      if (!claimed.add(run.id() + "/" + id)) {
                        twice.add(run.id() + "/" + id);
                      }
                    }
                  }
                  ledger.markSending(lease, ids);
                  ledger.record(lease, ids.stream().map(Outcome::sent).toList());
                }
              }
              return null;
            });
      }
    }
    atOnce(work);

    assertThat(twice).isEmpty();
    assertThat(claimed).hasSize(6_000);
    runs.forEach(run -> assertThat(ledger.complete(run)).isTrue());
  }

  @Test
  void aRateHoldsOverAllWhoTakeFromIt() throws Exception {
    RateLimit transport = new RateLimit("transport/shop/relay", 200);
    List<Slots> taken = new ArrayList<>();
    long start = System.nanoTime();
    List<Double> times = new ArrayList<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RateLimit campaign = new RateLimit("campaign/shop/c" + i, 1000);
      work.add(
          () -> {
            while (System.nanoTime() - start < 1_500_000_000L) {
              Slots slots = ledger.slots(List.of(campaign, transport), 10, 50);
              double now = (System.nanoTime() - start) / 1e9;
              synchronized (taken) {
                for (int n = 0; n < slots.count(); n++) {
                  times.add(now + (slots.start().toNanos() + n * slots.spacing().toNanos()) / 1e9);
                }
              }
              if (slots.count() == 0) {
                Thread.sleep(Math.min(50, slots.start().toMillis() + 1));
              }
            }
            return null;
          });
    }
    atOnce(work);

    double last = times.stream().mapToDouble(t -> t).max().orElseThrow();
    assertThat(times.size()).isBetween(300, (int) (200 * (last + 0.2)) + 40);
  }

  @Test
  void theMoreImportantRunTakesTheSlotsAndAnIdleOneTakesNone() {
    List<RateLimit> limits = List.of(new RateLimit("transport/shop/relay", 10));
    int first = 0;
    while (ledger.slots(limits, 1, 90).count() == 1) {
      first++;
    }

    assertThat(first).isBetween(15, 21);
    Slots denied = ledger.slots(limits, 1, 10);
    assertThat(denied.count()).isZero();
    assertThat(denied.start()).isPositive();
  }

  @Test
  void aRunIsTakenUpAgainForThoseWhomItMissedAndOncePerWish() {
    people(6);
    Run run = frozen("r", 50, "");
    try (Lease lease = lease(run, 0, 1)) {
      List<Long> all = ids(ledger.claim(lease, 10, VIEW));
      ledger.markSending(lease, all);
      ledger.record(
          lease,
          List.of(
              Outcome.sent(1),
              Outcome.failed(2, "550 5.1.1", Outcome.ADDRESS_REJECTED),
              Outcome.failed(3, "554 5.7.1", "policy"),
              Outcome.failed(4, "450 4.2.0", "triedInVain"),
              Outcome.uncertain(5, "ConnectionLost"),
              Outcome.sent(6)));
    }
    assertThat(ledger.complete(run)).isTrue();

    assertThat(ledger.resume(run, "wish", false)).isEqualTo(2);
    assertThat(ledger.find(run.key()).orElseThrow().state()).isEqualTo(RunState.Frozen);
    assertThat(ledger.progress(run).failed()).isEqualTo(1);
    assertThat(claim(run)).containsExactly(3L, 4L);
    assertThat(ledger.complete(run)).isTrue();
    assertThat(ledger.resume(run, "wish", false)).isZero();
    assertThat(ledger.resume(run, "another", true)).isEqualTo(1);
    assertThat(claim(run)).containsExactly(5L);
    assertThat(ledger.progress(run).uncertain()).isZero();
    assertThat(ledger.progress(run).sent()).isEqualTo(5);
  }

  @Test
  void whatWasInDoubtAndIsKnownNotToHaveGoneIsPlannedAgain() {
    people(3);
    Run run = frozen("r", 50, "");
    Lease slow = lease(run, 0, 1);
    List<Long> all = ids(ledger.claim(slow, 10, VIEW));
    ledger.markSending(slow, all);
    slow.close();
    assertThat(state(run, 1)).isEqualTo("uncertain");

    ledger.unclaim(slow, List.of(1L));
    ledger.record(slow, List.of(Outcome.sent(2)));

    assertThat(state(run, 1)).isEqualTo("planned");
    assertThat(state(run, 2)).isEqualTo("sent");
    assertThat(ledger.complete(run)).isFalse();
    assertThat(claim(run)).containsExactly(1L);
    assertThat(ledger.counts(run).deliveries())
        .isEqualTo(Map.of(DeliveryState.Sent, 2L, DeliveryState.Uncertain, 1L));
    assertThat(ledger.progress(run).uncertain()).isEqualTo(1);
  }
}
