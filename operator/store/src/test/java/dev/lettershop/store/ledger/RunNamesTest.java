package dev.lettershop.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run's name may be used for again, and who prepares it. */
class RunNamesTest {
  private static final RunKey KEY = new RunKey("shop", "sale", "r");
  private static final Duration SOON = Duration.ofMillis(50);

  private static StoreSettings settings;
  private static Store store;
  private static Ledger ledger;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(ProfileSchema.of(java.util.List.of(), java.util.List.of()));
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

  private static Run begin(boolean test) {
    return ledger.begin(new RunRequest(KEY, "h", "{}", false, test, UncertainPolicy.Skip, 3));
  }

  private static void state(RunState state) {
    tables.execute("update run set state = ?", state.name());
  }

  @Test
  void aTestThatHasItsAudienceNeverStandsInForARealRun() {
    begin(true);
    for (RunState state : new RunState[] {RunState.Frozen, RunState.Completed}) {
      state(state);

      assertThatThrownBy(() -> begin(false))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.Misconfigured))
          .hasMessageContaining("shop/sale/r was a test");
    }
  }

  @Test
  void aTestThatDecidedNothingLeavesItsNameToARealRun() {
    Run test = begin(true);
    Run real = begin(false);

    assertThat(test.test()).isTrue();
    assertThat(real.id()).isEqualTo(test.id());
    assertThat(real.test()).isFalse();
  }

  @Test
  void aTestGoesOnUnderItsName() {
    Run begun = begin(true);
    state(RunState.Frozen);

    assertThat(begin(true).id()).isEqualTo(begun.id());
  }

  @Test
  void oneProcessPreparesARunAndTheNextHasItsTurnWhenThatDies() {
    try (RunLock first = ledger.lock(KEY);
        RunLock second = ledger.lock(KEY);
        RunLock ofAnother = ledger.lock(new RunKey("shop", "sale", "other"))) {
      assertThat(first.tryLock(SOON)).isTrue();
      assertThat(second.tryLock(SOON)).isFalse();
      assertThat(ofAnother.tryLock(SOON)).isTrue();

      tables.rows(
          """
          select pg_terminate_backend(pid, 5000) from pg_locks
          where locktype = 'advisory' and granted
            and database = (select oid from pg_database where datname = current_database())
            and (classid::bigint << 32 | objid::bigint) = hashtextextended(?, 0)
          """,
          "lettershop/run/shop/sale/r");

      assertThat(second.tryLock(Duration.ofSeconds(10))).isTrue();
    }
  }
}
