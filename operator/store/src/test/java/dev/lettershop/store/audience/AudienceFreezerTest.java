package dev.lettershop.store.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.audience.AudienceFreezer.Members;
import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.ledger.RunState;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AudienceFreezerTest {
  private static final SuppressionCause CAUSE =
      SuppressionCause.decided(SuppressionReason.Complaint, "test", null);

  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());

  private static Store store;
  private static Database database;
  private static AudienceFreezer freezer;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    database = Database.open(settings);
    freezer = new AudienceFreezer(database);
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    database.close();
    store.close();
  }

  @BeforeEach
  void empty() {
    tables.clear();
  }

  private static Run run(String name) {
    return begun(name, "sha256:0", false);
  }

  private static Run begun(String name, String planHash, boolean test) {
    return store
        .ledger()
        .begin(
            new RunRequest(
                new RunKey("shop", "sale", name),
                planHash,
                "{}",
                false,
                test,
                UncertainPolicy.Skip,
                3));
  }

  private static FreezeRequest request() {
    return FreezeRequest.builder(SCHEMA)
        .topic("news")
        .optIn(OptIn.Single)
        .experiment("shop/sale")
        .build();
  }

  private static FreezeRequest with(OptIn optIn) {
    FreezeRequest r = request();
    return FreezeRequest.builder(SCHEMA)
        .include(r.include())
        .exclude(r.exclude())
        .topic("news")
        .optIn(optIn)
        .experiment("shop/sale")
        .build();
  }

  private static FreezeRequest with(String experiment, List<VariantWeight> variants, int holdout) {
    return FreezeRequest.builder(SCHEMA)
        .topic("news")
        .optIn(OptIn.Implied)
        .experiment(experiment)
        .variants(variants)
        .holdoutPercent(holdout)
        .build();
  }

  private static FreezeRequest with(Long maxRecipients, Set<String> testRecipients) {
    return FreezeRequest.builder(SCHEMA)
        .topic("news")
        .optIn(OptIn.Implied)
        .experiment("shop/sale")
        .maxRecipients(maxRecipients)
        .testRecipients(testRecipients)
        .build();
  }

  private static FreezeResult freeze(Run run, FreezeRequest request, String include) {
    return freezer.freeze(
        run, request, now -> new Members(List.of(DSL.condition(include)), List.of()));
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

  private static void consent(long profile, String status) {
    tables.execute("insert into consent_state values (?, 'news', ?, now())", profile, status);
  }

  private static String decision(long profile) {
    return tables.text(
        "select concat_ws(' ', state, reason, variant) from delivery where profile_id = ?",
        profile);
  }

  private static void pause(String address, String until) {
    tables.execute(
        """
        insert into pause (address_hash, until)
        select sha256(value || convert_to(?, 'UTF8')), now() + ?::interval from store_salt
        """,
        address,
        until);
  }

  @Test
  void whoWantsNoMailForAWhileGetsNoneButThatOfImpliedConsent() {
    people(3);
    for (int i = 1; i <= 3; i++) {
      consent(i, "Granted");
    }
    pause("p1@example.com", "1 day");
    pause("p2@example.com", "-1 second");

    freeze(run("news"), with(OptIn.Double), "true");
    assertThat(decision(1)).isEqualTo("skipped paused");
    assertThat(decision(2)).as("the pause is over").isEqualTo("planned");
    assertThat(decision(3)).isEqualTo("planned");

    tables.execute("truncate delivery");
    freeze(run("orders"), with(OptIn.Implied), "true");
    assertThat(decision(1)).isEqualTo("planned");
  }

  @Test
  void everybodyInTheAudienceIsDecidedWithTheFirstReasonThatHolds() {
    people(12);
    for (int i = 1; i <= 12; i++) {
      consent(i, "Granted");
    }
    tables.execute("update profile set email_key = null where id in (2, 3)");
    tables.execute("delete from consent_state where profile_id in (2, 4)");
    tables.execute("update consent_state set status = 'Withdrawn' where profile_id = 5");
    store.suppressions().add(List.of("P6@Example.com", "p4@example.com"), CAUSE);
    tables.execute("update profile set email_key = 'x@blocked.example' where id = 7");
    store.suppressions().addDomain("Blocked.example", CAUSE);
    tables.execute("update profile set email_key = 'p8@example.com' where id = 9");
    Run run = run("r");

    FreezeResult result =
        freezer.freeze(
            run,
            request(),
            now ->
                new Members(
                    List.of(DSL.condition("p.id <= 5"), DSL.condition("p.id between 3 and 10")),
                    List.of(DSL.condition("p.id = 1"), DSL.condition("null::boolean"))));

    assertThat(decision(1)).isEqualTo("skipped excluded");
    assertThat(decision(2)).isEqualTo("skipped noAddress");
    assertThat(decision(3)).isEqualTo("skipped noAddress");
    assertThat(decision(4)).isEqualTo("skipped noConsent");
    assertThat(decision(5)).isEqualTo("skipped noConsent");
    assertThat(decision(6)).isEqualTo("skipped suppressed");
    assertThat(decision(7)).isEqualTo("skipped suppressed");
    assertThat(decision(8)).isEqualTo("planned");
    assertThat(decision(9)).isEqualTo("skipped duplicateAddress");
    assertThat(decision(10)).isEqualTo("planned");
    assertThat(result.selected()).isEqualTo(2);
    assertThat(result.skipped())
        .isEqualTo(
            Map.of(
                "excluded", 1L,
                "noAddress", 2L,
                "noConsent", 2L,
                "suppressed", 2L,
                "duplicateAddress", 1L,
                "notInAudience", 2L));
    assertThat(result.run().state()).isEqualTo(RunState.Frozen);
    assertThat(result.run().frozenAt()).isNotNull();
    assertThat(result.alreadyFrozen()).isFalse();
    var counts = store.ledger().counts(result.run());
    assertThat(counts.skipped()).isEqualTo(result.skipped());
    assertThat(counts.selected()).isEqualTo(2);
  }

  @Test
  void ofTwoProfilesWithOneAddressTheFirstThatMayBeMailedIsMailed() {
    people(3);
    tables.execute("update profile set email_key = 'same@example.com'");
    consent(2, "Granted");
    consent(3, "Granted");

    freeze(run("r"), request(), "true");

    assertThat(decision(1)).isEqualTo("skipped noConsent");
    assertThat(decision(2)).isEqualTo("planned");
    assertThat(decision(3)).isEqualTo("skipped duplicateAddress");
  }

  @Test
  void optInRulesDiffer() {
    people(5);
    consent(1, "Granted");
    consent(2, "Pending");
    consent(3, "Denied");
    consent(4, "Withdrawn");

    freeze(run("double"), with(OptIn.Double), "true");
    freeze(run("single"), with(OptIn.Single), "true");
    freeze(run("implied"), with(OptIn.Implied), "true");

    assertThat(planned("double")).containsExactly("1");
    assertThat(planned("single")).containsExactly("1");
    assertThat(planned("implied")).containsExactly("1", "2", "5");
  }

  private static List<String> planned(String run) {
    return tables.texts(
        """
        select d.profile_id::text from delivery d join run r on r.id = d.run_id
        where r.name = ? and d.state = 'planned' order by d.profile_id
        """,
        run);
  }

  @Test
  void holdOutAndVariantsAreStableForAnExperimentAndIndependent() {
    people(20_000);
    List<VariantWeight> variants =
        List.of(new VariantWeight("a", 70), new VariantWeight("b", 30), new VariantWeight("c", 0));

    freeze(run("one"), with("shop/sale", variants, 20), "true");
    freeze(run("two"), with("shop/sale", variants, 20), "p.id > 10000");
    freeze(run("other"), with("shop/other", variants, 20), "true");

    String shared =
        """
        select count(*) from delivery d join delivery e using (profile_id)
        join run r on r.id = d.run_id join run s on s.id = e.run_id
        where r.name = 'one' and s.name = ?
        """;
    String same = shared + "and (d.reason, d.variant) is not distinct from (e.reason, e.variant)";
    assertThat(tables.count(same, "two")).isEqualTo(10_000);
    assertThat(tables.count(same, "other")).isBetween(7_800L, 8_700L);
    String rows =
        "select count(*) from delivery where run_id = (select id from run where name = 'one')";
    assertThat(tables.count(rows + " and reason = 'holdout'")).isBetween(3_800L, 4_200L);
    assertThat(tables.count(rows + " and variant = 'a'")).isBetween(10_900L, 11_500L);
    assertThat(tables.count(rows + " and variant = 'b'")).isBetween(4_500L, 5_100L);
    assertThat(tables.count(rows + " and variant = 'c'")).isZero();
    assertThat(tables.count(rows + " and reason is not null and variant is not null")).isZero();
  }

  @Test
  void testRecipientsRestrictTheAudience() {
    people(4);

    FreezeResult result =
        freeze(
            run("r"),
            with(null, Set.of("P2@example.com", "p3@example.com", "nobody")),
            "p.id <> 3");

    assertThat(planned("r")).containsExactly("2");
    assertThat(result.skipped()).isEqualTo(Map.of("notInAudience", 3L));
  }

  @Test
  void aRunIsRefusedWhenItWouldMailTooMany() {
    people(4);
    Run run = run("r");

    FreezeResult result = freeze(run, with(3L, Set.of()), "true");

    assertThat(result.run().state()).isEqualTo(RunState.Refused);
    assertThat(result.selected()).isEqualTo(4);
    assertThat(tables.count("select count(*) from delivery")).isZero();
    assertThat(freeze(run("r"), with(4L, Set.of()), "true").run().state())
        .isEqualTo(RunState.Frozen);
  }

  @Test
  void anAudienceIsDecidedOnceHoweverManyTry() throws Exception {
    people(2_000);
    Run run = run("r");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<FreezeResult>> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String include = "p.id % 4 = " + i;
      results.add(threads.submit(() -> freeze(run, with(null, Set.of()), include)));
    }

    List<FreezeResult> frozen = new ArrayList<>();
    for (Future<FreezeResult> result : results) {
      frozen.add(result.get());
    }
    threads.shutdown();

    assertThat(frozen).filteredOn(r -> !r.alreadyFrozen()).hasSize(1);
    assertThat(frozen).allMatch(r -> r.selected() == 500);
    assertThat(tables.count("select count(*) from delivery")).isEqualTo(500);
  }

  @Test
  void nothingIsDecidedByAPlanThatIsNotTheOneOnRecord() {
    people(4);
    Run mine = run("r");
    Run others = begun("r", "sha256:1", false);

    FreezeResult tooLate = freeze(mine, with(null, Set.of()), "p.id = 1");

    assertThat(tooLate.run().state()).isEqualTo(RunState.Created);
    assertThat(tooLate.run().planHash()).isEqualTo("sha256:1");
    assertThat(tables.count("select count(*) from delivery")).isZero();
    assertThat(freeze(others, with(null, Set.of()), "p.id = 2").selected()).isEqualTo(1);
    assertThat(planned("r")).containsExactly("2");
  }

  @Test
  void aTestDoesNotDecideTheAudienceOfARunThatIsNoneAnyMore() {
    people(4);
    Run test = begun("r", "sha256:0", true);
    run("r");

    FreezeResult tooLate = freeze(test, with(null, Set.of("p2@example.com")), "true");

    assertThat(tooLate.run().state()).isEqualTo(RunState.Created);
    assertThat(tables.count("select count(*) from delivery")).isZero();
  }

  @Test
  void experimentsAndTopicsAreDataNotSql() {
    people(1);

    freeze(run("r"), with("it's ? {0}", List.of(new VariantWeight("a'?{1}", 1)), 0), "true");

    assertThat(decision(1)).isEqualTo("planned a'?{1}");
  }
}
