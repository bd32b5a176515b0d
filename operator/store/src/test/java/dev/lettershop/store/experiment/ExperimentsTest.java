package dev.lettershop.store.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.audience.Comparison;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import dev.lettershop.store.audience.GoalTerms;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.view.ProfileView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExperimentsTest {
  private static final int PEOPLE = 2_000;
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(new Attribute("customer_id", AttributeType.String, false)), List.of());
  private static final ProfileView VIEW = new ProfileView(SCHEMA, Set.of(), Set.of());
  private static final Ruling B_WINS = new Ruling("Winner", "Beats", Ruling.Rest.One, "b", null);

  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    store.close();
  }

  @BeforeEach
  void people() {
    tables.clear();
    tables.execute(
        """
        insert into profile (id, email, email_key, customer_id)
        select i, 'p' || i || '@example.com', 'p' || i || '@example.com', 'p' || i
        from generate_series(1, ?) i
        """,
        PEOPLE);
  }

  private static FreezeRequest.Builder request() {
    return FreezeRequest.builder(SCHEMA)
        .include(
            List.of(new RuleCompiler(SCHEMA, Map.of()).compile("has(profile.customer_id)").rule()))
        .topic("news")
        .optIn(OptIn.Implied)
        .experiment("shop/sale")
        .variants(List.of(new VariantWeight("a", 50), new VariantWeight("b", 50)))
        .goal(new GoalTerms("order_completed", Duration.ofDays(7), "total"));
  }

  private static FreezeRequest tested(String noWinner, Comparison.Look... looks) {
    return request()
        .comparison(new Comparison(20, "Click", 0.95, 10, noWinner, List.of(looks)))
        .build();
  }

  private static Run freeze(String name, FreezeRequest request) {
    Run begun =
        store
            .ledger()
            .begin(
                new RunRequest(
                    new RunKey("shop", "sale", name),
                    "h",
                    "{}",
                    false,
                    false,
                    UncertainPolicy.Skip,
                    3));
    return store.freezer().freeze(begun, request).run();
  }

  private static long send(Run run) {
    long sent = 0;
    try (Lease lease = store.ledger().lease(run, 0, 1, "test", TTL)) {
      List<Recipient> claimed;
      while (!(claimed = store.ledger().claim(lease, 500, VIEW)).isEmpty()) {
        List<Long> ids = claimed.stream().map(Recipient::profileId).toList();
        store.ledger().markSending(lease, ids);
        store
            .ledger()
            .record(
                lease,
                ids.stream()
                    .map(id -> new Outcome(id, DeliveryState.Sent, "250", null, null))
                    .toList());
        sent += ids.size();
      }
    }
    return sent;
  }

  private static void click(Run run, String people) {
    tables.execute(
        """
        insert into engagement (profile_id, run_id, kind, number, day, verdict, reason, rules,
                                first_at, hits)
        select profile_id, run_id, 'Click', 1, current_date, 'Human', 'NoMachine', 1, now(), 1
        from delivery where run_id = ? and state = 'sent' and
        """
            + people,
        run.id());
  }

  @Test
  void whoWaitsIsMailedWhenItIsDecidedAndNobodyTwice() {
    Run run = freeze("r", tested("First", new Comparison.Look(Duration.ZERO, 1)));

    long waiting = tables.count("select count(*) from delivery where next_attempt_at = 'infinity'");
    assertThat(waiting).isBetween(1_500L, 1_700L);
    assertThat(send(run)).isEqualTo(PEOPLE - waiting);
    assertThat(store.ledger().untilNextDue(run)).isEmpty();
    assertThat(store.ledger().complete(run)).isFalse();
    click(run, "variant = 'b'");

    ExperimentState decided =
        store.experiments().look(run, tested("First"), seen -> Optional.of(B_WINS)).orElseThrow();

    assertThat(decided.decision().winner()).isEqualTo("b");
    assertThat(decided.taken().get(0).answers().get(0).answers()).isZero();
    assertThat(decided.taken().get(0).answers().get(1).answers())
        .isEqualTo(decided.variants().get(1).people());
    assertThat(decided.waiting()).isEqualTo(waiting);
    assertThat(send(run)).isEqualTo(waiting);
    assertThat(store.ledger().complete(run)).isTrue();
    assertThat(tables.count("select count(*) from delivery where state = 'sent' and attempts = 1"))
        .isEqualTo(PEOPLE);
    assertThat(tables.count("select count(*) from delivery where variant = 'a'"))
        .isEqualTo(decided.variants().get(0).people());
    assertThat(store.experiments().answers(run))
        .extracting(GroupAnswers::group, GroupAnswers::wave, GroupAnswers::sent)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 1, decided.variants().get(0).people()),
            org.assertj.core.groups.Tuple.tuple("b", 1, decided.variants().get(1).people()),
            org.assertj.core.groups.Tuple.tuple("b", 2, waiting));
  }

  @Test
  void aSecondDecisionChangesNothing() {
    Run run = freeze("r", tested("First", new Comparison.Look(Duration.ZERO, 1)));
    send(run);
    store.experiments().look(run, tested("First"), seen -> Optional.of(B_WINS));

    ExperimentState again =
        store
            .experiments()
            .look(
                run,
                tested("First"),
                seen -> {
                  throw new AssertionError("it is decided");
                })
            .orElseThrow();

    assertThat(again.decision().winner()).isEqualTo("b");
    assertThat(again.next()).isEmpty();
  }

  @Test
  void aDecisionThatFailsLeavesEverybodyWaiting() {
    Run run = freeze("r", tested("First", new Comparison.Look(Duration.ZERO, 1)));
    send(run);

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                store
                    .experiments()
                    .look(
                        run,
                        tested("First"),
                        seen -> {
                          throw new IllegalStateException("killed");
                        }))
        .hasMessageContaining("killed");

    ExperimentState state = store.experiments().find(run).orElseThrow();
    assertThat(state.taken()).isEmpty();
    assertThat(state.next()).isPresent();
    assertThat(tables.count("select count(*) from delivery where next_attempt_at = 'infinity'"))
        .isEqualTo(state.waiting());
  }

  @Test
  void onlyTheLastOfTheLooksThatAreDueIsTakenAndNoneBeforeItsTime() {
    Run run =
        freeze(
            "r",
            tested(
                "First",
                new Comparison.Look(Duration.ZERO, 0.3),
                new Comparison.Look(Duration.ofSeconds(1), 0.5),
                new Comparison.Look(Duration.ofHours(2), 1)));
    send(run);

    ExperimentState first =
        store.experiments().look(run, tested("First"), seen -> Optional.empty()).orElseThrow();
    ExperimentState second =
        store.experiments().look(run, tested("First"), seen -> Optional.empty()).orElseThrow();

    assertThat(first.taken()).extracting(ExperimentState.TakenLook::number).containsExactly(2);
    assertThat(second).isEqualTo(first);
    assertThat(second.next().orElseThrow().number()).isEqualTo(3);
  }

  @Test
  void whatALookSawStaysSeen() {
    Run run =
        freeze(
            "r",
            tested(
                "First",
                new Comparison.Look(Duration.ZERO, 0.3),
                new Comparison.Look(Duration.ofMinutes(10), 1)));
    send(run);
    click(run, "true");
    store.experiments().look(run, tested("First"), seen -> Optional.empty());
    tables.execute("delete from engagement");
    tables.execute("update experiment set looks = array[now() - interval '1 hour', now()]");

    ExperimentState last =
        store.experiments().look(run, tested("First"), seen -> Optional.of(B_WINS)).orElseThrow();

    assertThat(last.taken().get(1).answers())
        .extracting(ExperimentState.Answers::answers)
        .isEqualTo(
            last.taken().get(0).answers().stream().map(ExperimentState.Answers::answers).toList());
  }

  @Test
  void withASplitEachGetsTheVariantThatChanceGives() {
    Run run = freeze("r", tested("Split", new Comparison.Look(Duration.ZERO, 1)));
    send(run);
    store
        .experiments()
        .look(
            run,
            tested("Split"),
            seen ->
                Optional.of(new Ruling("NoWinner", "NoDifference", Ruling.Rest.Split, null, null)));
    send(run);
    Run whole = freeze("whole", request().build());

    assertThat(
            tables.count(
                """
                select count(*) from delivery d join delivery o using (profile_id)
                where d.run_id = ? and o.run_id = ? and d.state = 'sent' and d.variant = o.variant
                """,
                run.id(),
                whole.id()))
        .isEqualTo(PEOPLE);
  }

  @Test
  void aVariantIsSentAtATimeOfItsOwnInBothWaves() {
    List<VariantWeight> variants =
        List.of(
            new VariantWeight("a", 50),
            new VariantWeight("b", 50, LocalTime.now(ZoneOffset.UTC).minusHours(2).withNano(0)));
    FreezeRequest request =
        request()
            .variants(variants)
            .comparison(
                new Comparison(
                    20, "Click", 0.95, 10, "First", List.of(new Comparison.Look(Duration.ZERO, 1))))
            .build();
    Run run = freeze("r", request);

    String later =
        "select count(*) from delivery where next_attempt_at between now() and now()"
            + " + interval '25 hours' and variant = ";
    long first = tables.count("select count(*) from delivery where variant = 'b'");
    assertThat(first).isPositive();
    assertThat(tables.count(later + "'b'")).isEqualTo(first);
    assertThat(tables.count(later + "'a'")).isZero();

    ExperimentState state =
        store.experiments().look(run, request, seen -> Optional.of(B_WINS)).orElseThrow();

    assertThat(tables.count(later + "'b'")).isEqualTo(first + state.waiting());
  }

  @Test
  void theControlGroupIsTheSameForEveryCampaign() {
    Run one = freeze("r", request().controlPercent(5).build());
    Run other = freeze("s", request().experiment("shop/other").controlPercent(5).build());

    String people =
        "select string_agg(profile_id::text, ',' order by profile_id) from delivery"
            + " where reason = 'controlGroup' and run_id = ";
    assertThat(tables.text(people + one.id())).isEqualTo(tables.text(people + other.id()));
    assertThat(
            tables.count(
                "select count(*) from delivery where reason = 'controlGroup' and run_id = ?",
                one.id()))
        .isBetween(60L, 140L);
  }

  private static void order(long profile, String id, String ago, String total) {
    tables.execute(
        """
        insert into event (profile_id, name, occurred_at, id, properties)
        values (?, 'order_completed', now() - ?::interval, ?, jsonb_build_object('total', ?::numeric))
        """,
        profile,
        ago,
        id,
        total);
  }

  /** A run whose one recipient got the mail so long ago. */
  private static Run mailed(String name, String ago) {
    Run run = freeze(name, request().build());
    tables.execute(
        "update run set frozen_at = now() - ?::interval - interval '1 minute' where id = ?",
        ago,
        run.id());
    tables.execute(
        """
        update delivery set state = 'sent', updated_at = now() - ?::interval where run_id = ?
        """,
        ago,
        run.id());
    return run;
  }

  @Test
  void aConversionIsCreditedToTheLastClickElseToTheLastMail() {
    Run early = mailed("early", "3 days");
    Run late = mailed("late", "1 day");
    tables.execute(
        """
        insert into engagement (profile_id, run_id, kind, number, day, verdict, reason, rules,
                                first_at, hits)
        values (1, ?, 'Click', 1, current_date, 'Human', 'NoMachine', 1, now() - interval '2 days', 1),
               (2, ?, 'Click', 1, current_date, 'Scanner', 'Burst', 1, now() - interval '2 days', 9)
        """,
        early.id(),
        early.id());
    order(1, "o-1", "1 hour", "10");
    order(1, "o-2", "30 minutes", "5");
    order(2, "o-3", "1 hour", "20");
    order(3, "o-4", "2 days", "40");
    order(4, "o-5", "20 days", "80");

    assertThat(store.conversions().update()).isEqualTo(4);
    assertThat(store.conversions().update()).isZero();

    assertThat(store.conversions().of(early))
        .containsExactly(new Attributed("Click", 1, 2, 15), new Attributed("Receipt", 1, 1, 40));
    assertThat(store.conversions().of(late)).containsExactly(new Attributed("Receipt", 1, 1, 20));
  }

  @Test
  void aLateVerdictMovesTheCredit() {
    Run early = mailed("early", "3 days");
    Run late = mailed("late", "1 day");
    order(1, "o-1", "1 hour", "10");
    store.conversions().update();
    assertThat(store.conversions().of(late)).hasSize(1);

    tables.execute(
        """
        insert into engagement (profile_id, run_id, kind, number, day, verdict, reason, rules,
                                first_at, hits)
        values (1, ?, 'Click', 1, current_date, 'Human', 'NoMachine', 1, now() - interval '2 hours', 1)
        """,
        early.id());

    assertThat(store.conversions().update()).isEqualTo(1);
    assertThat(store.conversions().of(late)).isEmpty();
    assertThat(store.conversions().of(early)).containsExactly(new Attributed("Click", 1, 1, 10));
  }

  @Test
  void whoWasTriggeredConvertsFromThenOn() {
    Run run = freeze("r", request().holdoutPercent(50).build());
    send(run);
    tables.execute(
        """
        insert into campaign_trigger (namespace, campaign, kind, source)
        values ('shop', 'sale', 'event', 'cart_abandoned')
        """);
    tables.execute(
        """
        update run set frozen_at = now() - interval '20 hours',
          trigger_id = (select id from campaign_trigger)
        """);
    tables.execute(
        """
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at, decided_at,
                                   outcome, run_id)
        select d.profile_id, t.id, 'c' || d.profile_id, now() - interval '2 hours',
          now() - interval '1 hour', coalesce(d.reason, 'planned'), d.run_id
        from delivery d cross join campaign_trigger t
        """);
    order(1, "o-1", "90 minutes", "10");
    order(2, "o-2", "30 minutes", "10");

    assertThat(store.experiments().answers(run).stream().mapToLong(GroupAnswers::converted).sum())
        .isEqualTo(1);
  }

  @Test
  void peopleOfTheHoldOutConvertToo() {
    Run run = freeze("r", request().holdoutPercent(50).build());
    send(run);
    tables.execute("update run set frozen_at = now() - interval '1 hour'");
    for (long id = 1; id <= 100; id++) {
      order(id, "o-" + id, "1 minute", "10");
    }

    List<GroupAnswers> groups = store.experiments().answers(run);

    assertThat(groups).extracting(GroupAnswers::heldOut).containsExactly(false, false, true);
    assertThat(groups.stream().mapToLong(GroupAnswers::converted).sum()).isEqualTo(100);
    assertThat(groups.stream().mapToDouble(GroupAnswers::value).sum()).isEqualTo(1_000);
    assertThat(groups.stream().mapToDouble(GroupAnswers::squares).sum()).isEqualTo(10_000);
    assertThat(groups.get(2).people())
        .isEqualTo(tables.count("select count(*) from delivery where reason = 'holdout'"));
  }
}
