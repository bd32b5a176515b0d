package dev.lettershop.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.store.Retention;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.ledger.RunState;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrunerTest {
  private static final Retention A_YEAR = new Retention("365d", "365d", null, null);

  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(ProfileSchema.of(java.util.List.of(), java.util.List.of()));
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws Exception {
    tables.close();
    store.close();
  }

  private static RunRequest request(String name) {
    return new RunRequest(
        new RunKey("shop", "sale", name), "h", "{}", false, false, UncertainPolicy.Skip, 3);
  }

  /** A run of a month that is so long ago, with one delivery. */
  private static void oldRun(String name, int monthsAgo, String state) {
    YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(monthsAgo);
    String table = "delivery_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    long first = (month.getYear() * 100L + month.getMonthValue()) * 1_000_000_000L;
    tables.execute("create table if not exists " + table + " (like delivery including all)");
    if (tables.count("select count(*) from pg_inherits where inhrelid = ?::regclass", table) == 0) {
      tables.execute(
          "alter table delivery attach partition "
              + table
              + " for values from ("
              + first
              + ") to ("
              + (first + 1_000_000_000L)
              + ")");
    }
    tables.execute(
        """
        insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
                         max_attempts, state, completed_at)
        values (? + nextval('run_number'), 'shop', 'sale', ?, 'h', '{}', false, 'Skip', 3, ?, now())
        """,
        first,
        name,
        state);
    tables.execute(
        "insert into delivery (run_id, profile_id, state)"
            + " select id, 1, 'sent' from run where name = ?",
        name);
  }

  @Test
  void monthsPastTheirTimeGoTheRestStaysAndNamesStayTaken() {
    oldRun("ancient", 30, "Completed");
    oldRun("open", 20, "Frozen");
    oldRun("recent", 6, "Completed");
    Run today = store.ledger().begin(request("today"));
    YearMonth gone = YearMonth.now(ZoneOffset.UTC).minusMonths(30);
    tables.execute(
        "create table event_%04d_%02d partition of event for values from ('%s-01Z') to ('%s-01Z')"
            .formatted(gone.getYear(), gone.getMonthValue(), gone, gone.plusMonths(1)));
    tables.execute("insert into event values (1, 'viewed', '2001-01-01Z', 'x')");
    tables.execute("insert into event values (1, 'viewed', now(), 'y')");

    PruneReport planned = store.pruning().apply(A_YEAR, true);
    assertThat(tables.count("select count(*) from delivery")).isEqualTo(3);
    PruneReport pruned = store.pruning().apply(A_YEAR, false);

    assertThat(pruned).isEqualTo(planned);
    assertThat(pruned.deliveries()).containsExactly(gone.toString());
    assertThat(pruned.runs()).isEqualTo(1);
    assertThat(pruned.kept())
        .containsExactly(YearMonth.now(ZoneOffset.UTC).minusMonths(20).toString());
    assertThat(pruned.events()).containsExactly(gone.toString());
    assertThat(tables.count("select count(*) from change where profile_id is null")).isPositive();
    assertThat(pruned.otherEvents()).isEqualTo(1);
    assertThat(tables.count("select count(*) from delivery")).isEqualTo(2);
    assertThat(tables.count("select count(*) from event")).isEqualTo(1);
    Run ancient = store.ledger().begin(request("ancient"));
    assertThat(ancient.state()).isEqualTo(RunState.Completed);
    assertThat(ancient.purgedAt()).isNotNull();
    assertThatThrownBy(() -> store.ledger().resume(ancient, "wish", false))
        .hasMessageContaining("retention");
    assertThat(store.ledger().find(today.key())).isPresent();
    assertThat(store.pruning().apply(A_YEAR, false).isNothing()).isTrue();
  }

  @Test
  void quarantinedRecordsGoAfterNinetyDaysOrWhatIsSaid() {
    tables.execute(
        """
        insert into quarantine (source, reason, raw, created_at)
        values ('crm', 'is not an address', 'a', now() - interval '91 days'),
               ('crm', 'is not an address', 'b', now() - interval '89 days'),
               ('crm', 'is not an address', 'c', now())
        """);

    assertThat(store.pruning().apply(new Retention(null, null, null, null), true).quarantined())
        .isEqualTo(1);
    assertThat(store.pruning().apply(new Retention(null, null, null, null), false).quarantined())
        .isEqualTo(1);
    assertThat(store.pruning().apply(new Retention(null, null, "7d", null), false).quarantined())
        .isEqualTo(1);

    assertThat(tables.texts("select raw from quarantine")).containsExactly("c");
    assertThat(
            tables.texts(
                "select detail ->> 'quarantined' from audit where action = 'retention.applied'"
                    + " order by id desc limit 2"))
        .containsExactly("1", "1");
  }

  @Test
  void withoutRetentionNothingGoes() {
    assertThat(store.pruning().apply(null, false).isNothing()).isTrue();
    assertThat(store.pruning().apply(new Retention(null, null, null, null), false).isNothing())
        .isTrue();
  }
}
