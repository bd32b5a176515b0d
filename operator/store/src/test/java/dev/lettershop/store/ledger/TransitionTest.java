package dev.lettershop.store.ledger;

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
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.experiment.Ruling;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.suppression.ListEntry;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.view.ProfileView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every statement that writes the ledger is run on rows in every state: what it does is what {@link
 * Transition} allows, and all of what that allows is done by one.
 */
class TransitionTest {
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(new Attribute("customer_id", AttributeType.String, false)), List.of());
  private static final ProfileView VIEW = new ProfileView(SCHEMA, Set.of(), Set.of());
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final int MAX_ATTEMPTS = 2;

  private static Store store;
  private static StoreTables tables;

  /** What was seen to become of each state. */
  private final Map<DeliveryState, Set<DeliveryState>> seen = new EnumMap<>(DeliveryState.class);

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
  void empty() {
    tables.clear();
  }

  private static Run begin(UncertainPolicy policy) {
    return store
        .ledger()
        .begin(
            new RunRequest(
                new RunKey("shop", "sale", "r"), "h", "{}", false, false, policy, MAX_ATTEMPTS));
  }

  /**
   * A frozen run with one person in each state; the person's number is that of the state, from 1.
   */
  private Run rows(UncertainPolicy policy) {
    tables.clear();
    Run run = begin(policy);
    for (DeliveryState state : DeliveryState.values()) {
      person(number(state), "p" + number(state));
      row(run, number(state), state, state.label());
    }
    return frozen(run);
  }

  private static Run frozen(Run run) {
    tables.execute(
        "update run set state = 'Frozen', topic = 'news', opt_in = 'Implied' where id = ?",
        run.id());
    return store.ledger().find(run.key()).orElseThrow();
  }

  private static long number(DeliveryState state) {
    return state.ordinal() + 1;
  }

  private static List<Long> everybody() {
    return Arrays.stream(DeliveryState.values()).map(TransitionTest::number).toList();
  }

  private static void person(long id, String name) {
    tables.execute(
        "insert into profile (id, email, email_key, customer_id) values (?, ?, ?, ?)",
        id,
        name + "@example.com",
        name + "@example.com",
        name);
    tables.execute(
        "insert into identity (kind, value, profile_id) values ('customer_id', ?, ?)", name, id);
  }

  /**
   * @param mark stays with the row, whoever it is moved to
   */
  private static void row(Run run, long profile, DeliveryState state, String mark) {
    tables.execute(
        """
        insert into delivery (run_id, profile_id, address, state, attempts, variant, next_attempt_at)
        select ?, id, hashtextextended(email_key, 0), ?::delivery_state, 1, ?,
               case when ? then now() - interval '1 minute' end
        from profile where id = ?
        """,
        run.id(),
        state.label(),
        mark,
        state == DeliveryState.Deferred,
        profile);
  }

  /** Does something with the lease that all rows are of, and notes what became of them. */
  private void under(UncertainPolicy policy, BiConsumer<Run, Lease> work) {
    Run run = rows(policy);
    try (Lease lease = store.ledger().lease(run, 0, 1, "test", TTL)) {
      tables.execute(
          "update delivery set lease_id = ? where run_id = ? and state <> 'planned'",
          lease.id(),
          run.id());
      work.accept(run, lease);
      note();
    }
  }

  private void note() {
    tables
        .rows("select variant, state::text from delivery")
        .forEach(
            row -> {
              DeliveryState before = DeliveryState.ofLabel(row.get(0, String.class));
              DeliveryState after = DeliveryState.ofLabel(row.get(1, String.class));
              if (before != after) {
                seen.computeIfAbsent(before, s -> EnumSet.noneOf(DeliveryState.class)).add(after);
              }
            });
  }

  private void assertSeen(Transition transition) {
    assertThat(seen).isEqualTo(transition.changes());
  }

  @Test
  void aFreezeBeginsRowsAndChangesNone() {
    person(1, "p1");
    person(2, "p2");
    tables.execute("insert into consent_state values (2, 'news', 'Denied', now())");
    store
        .freezer()
        .freeze(
            begin(UncertainPolicy.Skip),
            FreezeRequest.builder(SCHEMA)
                .include(
                    List.of(
                        new RuleCompiler(SCHEMA, Map.of())
                            .compile("has(profile.customer_id)")
                            .rule()))
                .topic("news")
                .optIn(OptIn.Implied)
                .experiment("shop/sale")
                .build());

    assertThat(tables.texts("select state::text from delivery"))
        .extracting(DeliveryState::ofLabel)
        .containsExactlyInAnyOrderElementsOf(Transition.Begin.initial());
    assertThat(Transition.Begin.changes()).isEmpty();
  }

  @Test
  void aClaimTakesWhatIsPlannedOrDue() {
    BiConsumer<Run, Lease> claimTwice =
        (run, lease) -> {
          store.ledger().claim(lease, 100, VIEW);
          store.ledger().claim(lease, 100, VIEW);
        };
    under(UncertainPolicy.Skip, claimTwice);
    under(
        UncertainPolicy.Skip,
        (run, lease) -> {
          tables.execute("update profile set email_key = null");
          claimTwice.accept(run, lease);
        });
    under(
        UncertainPolicy.Skip,
        (run, lease) -> {
          store.ledger().rest("smtp", "example.com", 1, TTL);
          store.ledger().claim(lease, 100, VIEW, "smtp");
          store.ledger().claim(lease, 100, VIEW, "smtp");
        });
    // Everybody is on a list, by a hash that only a claim can look up.
    under(
        UncertainPolicy.Skip,
        (run, lease) -> {
          store
              .suppressions()
              .addListed(
                  tables.texts("select md5(email_key) from profile").stream()
                      .flatMap(hash -> ListEntry.of(hash).stream())
                      .toList(),
                  SuppressionCause.decided(SuppressionReason.Other, "test", null));
          claimTwice.accept(run, lease);
        });
    // Everybody has come by the address of somebody else: of these one row stays.
    under(
        UncertainPolicy.Skip,
        (run, lease) -> {
          tables.execute("update profile set email_key = 'one@example.com'");
          claimTwice.accept(run, lease);
        });

    assertSeen(Transition.Claim);
  }

  @Test
  void aDecisionMailsThoseWhoWaitOrSkipsThem() {
    Run run = rows(UncertainPolicy.Skip);
    tables.execute("update delivery set next_attempt_at = 'infinity'");
    tables.execute(
        """
        insert into experiment values (?, 'Click', 0.95, 1, 'Nobody', '{a,b}', '{50,50}', '{1,1}', 1,
          array[now()], '{1}')
        """,
        run.id());
    FreezeRequest request =
        FreezeRequest.builder(SCHEMA)
            .optIn(OptIn.Implied)
            .experiment("shop/sale")
            .variants(List.of(new VariantWeight("a", 50), new VariantWeight("b", 50)))
            .build();
    store
        .experiments()
        .look(
            run,
            request,
            seen ->
                Optional.of(
                    new Ruling("NoWinner", "NoDifference", Ruling.Rest.Nobody, null, null)));

    tables.execute("update delivery set variant = 'planned' where variant is null");
    note();
    assertSeen(Transition.Decide);
  }

  @Test
  void onlyWhatIsClaimedIsMarkedAsSending() {
    under(UncertainPolicy.Skip, (run, lease) -> store.ledger().markSending(lease, everybody()));

    assertSeen(Transition.MarkSending);
  }

  @Test
  void outcomesAreOfRowsThatTheWorkerHas() {
    for (DeliveryState outcome : DeliveryState.values()) {
      if (!Transition.Record.reaches(outcome)) {
        continue;
      }
      for (int attempts : List.of(1, MAX_ATTEMPTS)) {
        for (boolean ended : List.of(false, true)) {
          under(
              UncertainPolicy.Skip,
              (run, lease) -> {
                tables.execute("update delivery set attempts = ?", attempts);
                if (ended) {
                  tables.execute("update lease set released_at = now()");
                }
                store
                    .ledger()
                    .record(
                        lease,
                        everybody().stream()
                            .map(id -> new Outcome(id, outcome, "code", TTL, null))
                            .toList());
              });
        }
      }
    }

    assertSeen(Transition.Record);
  }

  @Test
  void whatWasNotHandedOverIsGivenBack() {
    under(UncertainPolicy.Skip, (run, lease) -> store.ledger().unclaim(lease, everybody()));
    under(
        UncertainPolicy.Skip,
        (run, lease) -> {
          tables.execute("update run set state = 'Completed'");
          store.ledger().unclaim(lease, everybody());
          assertThat(tables.text("select state::text from delivery where variant = 'uncertain'"))
              .isEqualTo("uncertain");
        });

    assertSeen(Transition.GiveBack);
  }

  @Test
  void theEndOfALeaseLeavesNothingInItsHands() {
    for (UncertainPolicy policy : UncertainPolicy.values()) {
      under(policy, (run, lease) -> lease.close());
    }

    assertSeen(Transition.EndLease);
  }

  @Test
  void resumingPlansAgainWhomARunMissed() {
    for (boolean uncertain : List.of(false, true)) {
      under(UncertainPolicy.Skip, (run, lease) -> store.ledger().resume(run, "again", uncertain));
    }

    assertSeen(Transition.Resume);
  }

  @Test
  void mergingProfilesMailsOnePersonOnce() {
    Run run = begin(UncertainPolicy.Skip);
    int pairs = 0;
    for (DeliveryState loser : DeliveryState.values()) {
      pair(run, ++pairs, loser, null);
      for (DeliveryState survivor : DeliveryState.values()) {
        pair(run, ++pairs, loser, survivor);
      }
    }
    frozen(run);

    knowTogether("a", pairs);
    knowTogether("b", pairs);

    assertThat(tables.count("select count(*) from profile")).isEqualTo(pairs);
    note();
    assertSeen(Transition.Merge);
  }

  /** Two profiles of which the second, or both, have a row of the run. */
  private static void pair(Run run, int pair, DeliveryState loser, DeliveryState survivor) {
    person(2 * pair, "a" + pair);
    person(2 * pair + 1, "b" + pair);
    row(run, 2 * pair + 1, loser, loser.label());
    if (survivor != null) {
      row(run, 2 * pair, survivor, survivor.label());
    }
  }

  /** Has another source say that its person is one half of each pair. */
  private static void knowTogether(String half, int pairs) {
    try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "crm_id", List.of("customer_id"))) {
      for (int pair = 1; pair <= pairs; pair++) {
        load.add(
            new LoadedProfile(
                "f:1", "crm-" + pair, null, Map.of("customer_id", half + pair), Map.of()));
      }
      load.commit();
    }
  }

  @Test
  void whoIsErasedIsNotMailedAnyMore() {
    rows(UncertainPolicy.Skip);
    for (long person : everybody()) {
      store.personErasure().forget(person, SCHEMA, "test", false).orElseThrow();
    }

    note();
    assertSeen(Transition.Erase);
  }

  /** Whoever adds a statement comes by here, and runs it on rows in every state above. */
  @Test
  void noOtherStatementWritesTheLedger() throws IOException {
    Pattern writes = Pattern.compile("(?:insert into|update|delete from) delivery\\b");
    Map<String, Long> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        long count = writes.matcher(Files.readString(file)).results().count();
        if (count > 0) {
          found.put(file.getFileName().toString(), count);
        }
      }
    }

    Map<String, Long> expected =
        new TreeMap<>(
            Map.of(
                "AudienceSql.java", 1L, // Begin
                "SignUpIntake.java", 1L, // Begin
                "Claims.java", 2L, // Claim
                "ListedAddresses.java", 1L, // Claim
                "Ledger.java", 3L, // MarkSending, Record, GiveBack
                "Leases.java", 2L, // EndLease
                "Resumption.java", 1L, // Resume
                "ProfileMerge.java", 4L, // Merge: two move rows and change no state
                "PersonErasure.java", 2L, // Erase: one takes the address out and changes no state
                "Runs.java", 1L)); // begins a refused or dry run anew: its rows are gone
    expected.put("AdmissionSql.java", 1L); // Begin
    expected.put("Experiments.java", 1L); // Decide
    assertThat(found).isEqualTo(expected);
  }
}
