package dev.lettershop.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.ModelOutput;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.view.ProfileView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final SuppressionCause CAUSE =
      SuppressionCause.decided(SuppressionReason.Complaint, "test", null);

  private static final Duration TTL = Duration.ofSeconds(30);
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(
              new Attribute("city", AttributeType.String, false),
              new Attribute("seen", AttributeType.Timestamp, false),
              new Attribute("tags", AttributeType.StringList, false)),
          List.of(
              new EventType(
                  "viewed",
                  List.of(
                      new EventProperty("price", AttributeType.Double),
                      new EventProperty("count", AttributeType.Integer),
                      new EventProperty("at", AttributeType.Timestamp)))));
  private static final ProfileView VIEW = new ProfileView(SCHEMA, Set.of(), Set.of());

  private static StoreSettings settings;
  private static Store store;
  private static Ledger ledger;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
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

  private static RunRequest request(String name, String hash, boolean dry, UncertainPolicy policy) {
    return new RunRequest(
        new RunKey("shop", "sale", name), hash, "{" + hash + "}", dry, false, policy, 2);
  }

  /** A frozen run over {@code people} planned recipients. */
  private static Run frozen(int people) {
    return frozen(people, UncertainPolicy.Skip);
  }

  private static Run frozen(int people, UncertainPolicy policy) {
    Run run = ledger.begin(request("r", "h", false, policy));
    tables.execute(
        """
        insert into profile (id, email, email_key)
        select i, ' P' || i || '@example.com', 'p' || i || '@example.com'
        from generate_series(1, ?) i
        """,
        people);
    tables.execute(
        """
        insert into delivery (run_id, profile_id, address, state, variant)
        select ?, i, hashtextextended('p' || i || '@example.com', 0), 'planned', 'a'
        from generate_series(1, ?) i
        """,
        run.id(),
        people);
    tables.execute(
        """
        update run set state = 'Frozen', topic = 'news', opt_in = 'Implied',
          audience = jsonb_build_object('selected', ?, 'skipped', '{"notInAudience": 5}'::jsonb)
        where id = ?
        """,
        people,
        run.id());
    return ledger.find(run.key()).orElseThrow();
  }

  private static Lease lease(Run run) {
    return ledger.lease(run, 0, 1, "test", TTL);
  }

  private static List<Long> ids(Collection<Recipient> recipients) {
    return recipients.stream().map(Recipient::profileId).toList();
  }

  private static String states() {
    return tables.text(
        """
        select coalesce(string_agg(state || ':' || n, ' ' order by state), '')
        from (select state, count(*) as n from delivery group by 1) s
        """);
  }

  @Test
  void aRunGoesFromPlannedToSentAndIsComplete() {
    Run run = frozen(25);

    try (Lease lease = lease(run)) {
      List<Recipient> claimed;
      int claims = 0;
      while (!(claimed = ledger.claim(lease, 10, VIEW)).isEmpty()) {
        claims++;
        assertThat(ledger.complete(run)).isFalse();
        assertThat(ledger.markSending(lease, ids(claimed)))
            .containsExactlyInAnyOrderElementsOf(ids(claimed));
        List<Outcome> outcomes = claimed.stream().map(r -> Outcome.sent(r.profileId())).toList();
        assertThat(ledger.record(lease, outcomes)).isEqualTo(claimed.size());
        assertThat(ledger.record(lease, outcomes)).isZero();
      }
      assertThat(claims).isEqualTo(3);
      assertThat(ledger.untilNextDue(run)).isEmpty();
    }

    assertThat(ledger.complete(run)).isTrue();
    RunCounts counts = ledger.counts(run);
    assertThat(counts.selected()).isEqualTo(25);
    assertThat(counts.of(DeliveryState.Sent)).isEqualTo(25);
    assertThat(counts.variants()).isEqualTo(Map.of("a", Map.of(DeliveryState.Sent, 25L)));
    assertThat(counts.skipped()).isEqualTo(Map.of("notInAudience", 5L));
    assertThat(ledger.progress(run)).isEqualTo(new RunProgress(25, 25, 0, 0, 0, 0));
    Run done = ledger.begin(request("r", "h", false, UncertainPolicy.Skip));
    assertThat(done.state()).isEqualTo(RunState.Completed);
    assertThat(done.id()).isEqualTo(run.id());
  }

  @Test
  void aRunKeepsThePlanThatItsAudienceWasDecidedBy() {
    Run first = frozen(1);

    Run again = ledger.begin(request("r", "two", false, UncertainPolicy.Resend));

    assertThat(again).isEqualTo(first);
    assertThat(again.planHash()).isEqualTo("h");
    assertThat(again.planJson()).isEqualTo("{h}");
    assertThat(ledger.runs("shop", "sale", 5)).containsExactly(first);
    assertThat(ledger.runs("shop", "other", 5)).isEmpty();
  }

  @Test
  void aRunWithoutAnAudienceTakesTheNewerPlan() {
    Run first = ledger.begin(request("r", "one", false, UncertainPolicy.Skip));

    Run again = ledger.begin(request("r", "two", false, UncertainPolicy.Resend));

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.planHash()).isEqualTo("two");
    assertThat(again.planJson()).isEqualTo("{two}");
    assertThat(again.onUncertain()).isEqualTo(UncertainPolicy.Resend);
  }

  @Test
  void whatWasMarkedAndNotHandedOverIsPlannedAgainAndCountsAsNoAttempt() {
    Run run = frozen(2);
    try (Lease lease = lease(run)) {
      ledger.claim(lease, 10, VIEW);
      ledger.markSending(lease, List.of(1L, 2L));

      ledger.unclaim(lease, List.of(1L, 2L));

      assertThat(states()).isEqualTo("planned:2");
      assertThat(ledger.claim(lease, 10, VIEW)).hasSize(2).allMatch(r -> r.attempts() == 0);
    }
  }

  @Test
  void aDryRunLeavesItsNameFree() {
    Run dry = ledger.begin(request("r", "one", true, UncertainPolicy.Skip));
    tables.execute(
        "insert into delivery (run_id, profile_id, state) values (?, 1, 'sent')", dry.id());

    Run resumed = ledger.begin(request("r", "two", true, UncertainPolicy.Skip));
    Run real = ledger.begin(request("r", "two", false, UncertainPolicy.Skip));

    assertThat(resumed.id()).isEqualTo(dry.id());
    assertThat(real.planHash()).isEqualTo("two");
    assertThat(real.dryRun()).isFalse();
    assertThat(tables.count("select count(*) from delivery")).isZero();
    assertThatThrownBy(() -> ledger.begin(request("r", "three", true, UncertainPolicy.Skip)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("shop/sale/r is under way and is not a dry run");
  }

  @Test
  void aClaimBringsTheAttributesAndEventsThatWereAskedFor() {
    Run run = frozen(1);
    tables.execute(
        "update profile set city = 'Oslo', seen = '2024-01-02T03:04:05.678901Z', tags = '{a,b}'");
    tables.execute(
        """
        insert into event (profile_id, name, occurred_at, id, properties) values
          (1, 'viewed', '2024-01-01Z', 'a',
           '{"price": 3, "count": 2, "at": "2024-01-01T00:00:00Z", "other": 1}'),
          (1, 'viewed', '2024-01-02Z', 'b',
           '{"price": "dear", "count": 2.5, "at": "2024-01-01T00:00:00+01:00"}'),
          (1, 'bought', '2024-01-02Z', 'c', null)
        """);
    ProfileView view =
        new ProfileView(SCHEMA, Set.of("id", "city", "seen", "tags", "locale"), Set.of("viewed"));

    try (Lease lease = lease(run)) {
      Recipient recipient = ledger.claim(lease, 10, view).get(0);

      assertThat(recipient.email()).isEqualTo("P1@example.com");
      assertThat(recipient.variant()).isEqualTo("a");
      assertThat(recipient.attempts()).isZero();
      assertThat(recipient.profile().attributes())
          .isEqualTo(
              Map.of(
                  "id",
                  "1",
                  "city",
                  "Oslo",
                  "seen",
                  Instant.parse("2024-01-02T03:04:05.678901Z"),
                  "tags",
                  List.of("a", "b")));
      assertThat(recipient.profile().events())
          .containsExactly(
              new Event("viewed", Instant.parse("2024-01-02T00:00:00Z"), Map.of()),
              new Event(
                  "viewed",
                  Instant.parse("2024-01-01T00:00:00Z"),
                  Map.of("price", 3.0, "count", 2L, "at", Instant.parse("2024-01-01T00:00:00Z"))));
    }
  }

  @Test
  void aClaimBringsWhatTheModelsThatWereAskedForHaveComputed() {
    Run run = frozen(2);
    tables.execute(
        """
        insert into model_output (profile_id, model, score, cluster) values
          (1, 'churn', 0.7, null), (1, 'groups', null, 'loyal'), (1, 'other', 1, 'x')
        """);
    ProfileView view = new ProfileView(SCHEMA, Set.of(), Set.of(), Set.of("churn", "groups"));

    try (Lease lease = lease(run)) {
      assertThat(ledger.claim(lease, 10, view))
          .extracting(recipient -> recipient.profile().models())
          .containsExactlyInAnyOrder(
              Map.of("churn", new ModelOutput(0.7, null), "groups", new ModelOutput(null, "loyal")),
              Map.of());
    }
  }

  @Test
  void whoUnsubscribedOrWasSuppressedSinceTheFreezeIsSkipped() {
    Run run = frozen(5);
    tables.execute("insert into consent_state values (1, 'news', 'Withdrawn', now())");
    store.suppressions().add(List.of("p2@example.com"), CAUSE);
    tables.execute("update profile set email_key = null where id = 3");
    tables.execute("delete from profile where id = 4");

    try (Lease lease = lease(run)) {
      assertThat(ids(ledger.claim(lease, 2, VIEW))).containsExactly(5L);
    }

    assertThat(ledger.counts(run).skipped())
        .isEqualTo(
            Map.of(
                "noConsent", 1L,
                "suppressed", 1L,
                "noAddress", 1L,
                "profileGone", 1L,
                "notInAudience", 5L));
    assertThat(ledger.progress(run).skipped()).isEqualTo(4);
  }

  @Test
  void whoPausesSinceTheFreezeIsSkippedToo() {
    Run run = frozen(2);
    tables.execute("update run set opt_in = 'Single'");
    tables.execute(
        """
        insert into consent_state values (1, 'news', 'Granted', now()), (2, 'news', 'Granted', now())
        """);
    tables.execute(
        """
        insert into pause (address_hash, until)
        select sha256(value || 'p1@example.com'::bytea), now() + interval '1 day' from store_salt
        """);

    try (Lease lease = lease(run)) {
      assertThat(ids(ledger.claim(lease, 10, VIEW))).containsExactly(2L);
    }
    assertThat(ledger.counts(run).skipped()).containsEntry("paused", 1L);
  }

  @Test
  void deferredRecipientsComeBackWhenDueUntilTheyHaveFailed() {
    Run run = frozen(1);

    try (Lease lease = lease(run)) {
      ledger.markSending(lease, ids(ledger.claim(lease, 10, VIEW)));
      ledger.record(lease, List.of(Outcome.deferred(1, "451", Duration.ofMillis(300))));
      assertThat(ledger.claim(lease, 10, VIEW)).isEmpty();
      assertThat(ledger.untilNextDue(run)).hasValueSatisfying(d -> assertThat(d).isPositive());
      assertThat(ledger.complete(run)).isFalse();

      List<Recipient> again =
          Awaitility.await()
              .atMost(Duration.ofSeconds(10))
              .until(() -> ledger.claim(lease, 10, VIEW), c -> !c.isEmpty());
      assertThat(again.get(0).attempts()).isEqualTo(1);
      ledger.markSending(lease, ids(again));
      ledger.record(lease, List.of(Outcome.deferred(1, "451", Duration.ZERO)));
    }

    assertThat(states()).isEqualTo("failed:1");
    assertThat(tables.text("select code from delivery")).isEqualTo("451");
    assertThat(ledger.untilNextDue(run)).isEmpty();
    assertThat(ledger.complete(run)).isTrue();
  }

  @Test
  void outcomesWithoutSendingAreTakenFromClaimedRowsExceptSent() {
    Run run = frozen(4);

    try (Lease lease = lease(run)) {
      ledger.claim(lease, 10, VIEW);

      int recorded =
          ledger.record(
              lease,
              List.of(
                  Outcome.sent(1),
                  Outcome.failed(2, "render"),
                  Outcome.skipped(3, "dryRun"),
                  Outcome.deferred(4, "421", Duration.ofHours(1))));

      assertThat(recorded).isEqualTo(3);
      assertThat(states()).isEqualTo("claimed:1 failed:1 deferred:1 skipped:1");
      assertThat(tables.text("select reason from delivery where profile_id = 3"))
          .isEqualTo("dryRun");
    }
  }

  @Test
  void manyClaimersNeverShareARowAndMissNone() throws Exception {
    Run run = frozen(5_000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<Long>>> claimers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int shard = i;
      claimers.add(
          threads.submit(
              () -> {
                List<Long> mine = new ArrayList<>();
                try (Lease lease = ledger.lease(run, shard, 4, "t" + shard, TTL)) {
                  List<Recipient> claimed;
                  while (!(claimed = ledger.claim(lease, 70, VIEW)).isEmpty()) {
                    mine.addAll(ledger.markSending(lease, ids(claimed)));
                    ledger.record(
                        lease, claimed.stream().map(r -> Outcome.sent(r.profileId())).toList());
                  }
                }
                return mine;
              }));
    }

    List<Long> all = new ArrayList<>();
    for (Future<List<Long>> claimer : claimers) {
      all.addAll(claimer.get());
    }
    threads.shutdown();

    assertThat(all).hasSize(5_000).doesNotHaveDuplicates();
    assertThat(ledger.complete(run)).isTrue();
    assertThat(ledger.progress(run).sent()).isEqualTo(5_000);
  }

  @Test
  void closingALeaseGivesBackWhatWasClaimed() {
    Run run = frozen(3);
    try (Lease lease = lease(run)) {
      ledger.claim(lease, 2, VIEW);
      assertThat(states()).isEqualTo("planned:1 claimed:2");
    }
    assertThat(states()).isEqualTo("planned:3");

    try (Lease lease = lease(run)) {
      List<Recipient> claimed = new ArrayList<>(ledger.claim(lease, 10, VIEW));
      claimed.addAll(ledger.claim(lease, 10, VIEW));
      assertThat(claimed).hasSize(3);
      ledger.unclaim(lease, List.of(1L));
      assertThat(ids(ledger.claim(lease, 10, VIEW))).containsExactly(1L);
    }
  }

  @Test
  void aSuccessorTakesOverAtOnceWhenTheOwnersSessionDies() {
    Run run = frozen(6);
    Lease dead = lease(run);
    List<Recipient> claimed = ledger.claim(dead, 4, VIEW);
    ledger.markSending(dead, ids(claimed).subList(0, 2));

    killSessionOf(dead);
    try (Lease successor = lease(run)) {
      assertThat(states()).isEqualTo("planned:4 uncertain:2");
      Set<Long> mine = new HashSet<>();
      List<Recipient> next;
      while (!(next = ledger.claim(successor, 10, VIEW)).isEmpty()) {
        mine.addAll(ids(next));
      }
      assertThat(mine).containsExactlyInAnyOrder(3L, 4L, 5L, 6L);

      // The predecessor is fenced off: it can send nothing more, but may say how it ended.
      assertThat(ledger.markSending(dead, List.of(3L, 4L))).isEmpty();
      assertThat(ledger.record(dead, List.of(Outcome.sent(1), Outcome.sent(3)))).isEqualTo(1);
      assertThat(dead.renew()).isFalse();
      assertThat(dead.lost()).isTrue();
      assertThatThrownBy(() -> ledger.claim(dead, 1, VIEW)).isInstanceOf(StoreException.class);
      assertThat(states()).isEqualTo("claimed:4 sent:1 uncertain:1");
    }
  }

  private static void killSessionOf(Lease lease) {
    // Exactly what a kill -9 of the process does to the server's side of the session.
    tables.rows(
        """
        select pg_terminate_backend(pid, 5000) from pg_locks
        where locktype = 'advisory' and pid <> pg_backend_pid()
          and database = (select oid from pg_database where datname = current_database())
        """);
    assertThat(lease.lost()).isFalse();
  }

  @Test
  void withResendWhatWasInDoubtIsPlannedAgain() {
    Run run = frozen(2, UncertainPolicy.Resend);
    Lease dead = lease(run);
    ledger.markSending(dead, ids(ledger.claim(dead, 1, VIEW)));

    killSessionOf(dead);
    try (Lease successor = lease(run)) {
      assertThat(states()).isEqualTo("planned:2");
      assertThat(ledger.record(dead, List.of(Outcome.sent(1)))).isZero();
      assertThat(ids(ledger.claim(successor, 1, VIEW))).containsExactly(1L);
    }
  }

  @Test
  void withoutTheLockTheEndOfTheLeaseDecides() {
    Run run = frozen(2);
    Lease hung = lease(run);
    ledger.markSending(hung, ids(ledger.claim(hung, 1, VIEW)));

    assertThatThrownBy(() -> ledger.lease(run, 0, 1, "second", Duration.ofMillis(1)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.Conflict))
        .hasMessageContaining("a live process holds it");

    tables.execute("update lease set expires_at = now() - interval '1 second'");
    try (Lease second = lease(run)) {
      assertThat(states()).isEqualTo("planned:1 uncertain:1");
      assertThat(hung.renew()).isFalse();
      assertThat(ledger.markSending(hung, List.of(2L))).isEmpty();
      assertThat(second.renew()).isTrue();
    }
    hung.close();
  }

  @Test
  void expiredLeasesOfOtherShardsAreTakenBackWhenNothingElseIsLeft() {
    Run run = frozen(10);
    Lease first = ledger.lease(run, 0, 2, "first", TTL);
    ledger.claim(first, 4, VIEW);
    tables.execute("update lease set expires_at = now() - interval '1 second'");

    Set<Long> mine = new HashSet<>();
    try (Lease second = ledger.lease(run, 1, 2, "second", TTL)) {
      List<Recipient> claimed;
      while (!(claimed = ledger.claim(second, 4, VIEW)).isEmpty()) {
        mine.addAll(ids(claimed));
      }
    }

    assertThat(mine).hasSize(10);
    first.close();
  }

  @Test
  void aKeptAliveLeaseOutlivesItsTime() {
    Run run = frozen(1);
    try (Lease lease = ledger.lease(run, 0, 1, "test", Duration.ofMillis(600)).keepAlive()) {
      String acquired = "select count(*) from lease where expires_at > acquired_at + interval '2s'";

      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> tables.count(acquired) == 1 || lease.lost());

      assertThat(lease.lost()).isFalse();
      assertThat(ledger.claim(lease, 1, VIEW)).hasSize(1);
    }
  }

  @Test
  void aLostLeaseIsNoticedByItsHeartbeat() {
    Run run = frozen(1);
    Lease lease = ledger.lease(run, 0, 1, "test", Duration.ofSeconds(1)).keepAlive();

    killSessionOf(lease);

    Awaitility.await().atMost(Duration.ofSeconds(10)).until(lease::lost);
    assertThatThrownBy(() -> ledger.claim(lease, 1, VIEW))
        .hasMessageContaining("is lost")
        .hasMessageContaining("shop/sale/r");
  }
}
