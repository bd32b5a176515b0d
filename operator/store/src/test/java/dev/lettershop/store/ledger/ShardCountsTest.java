package dev.lettershop.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.view.ProfileView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the shards of a run report, however they worked and ended. */
class ShardCountsTest {
  private static final int PEOPLE = 300;
  private static final int SHARDS = 3;
  private static final int STEPS = 40;
  private static final ProfileView VIEW =
      new ProfileView(ProfileSchema.of(List.of(), List.of()), Set.of(), Set.of());
  private static final List<DeliveryState> SETTLED =
      List.of(
          DeliveryState.Sent,
          DeliveryState.Failed,
          DeliveryState.Deferred,
          DeliveryState.Uncertain,
          DeliveryState.Skipped);

  @Test
  void atAnyMomentTheShardsAddUpToTheLedger() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(VIEW.schema());
      Ledger ledger = store.ledger();
      Map<DeliveryState, Long> seen = new TreeMap<>();
      for (int seed = 1; seed <= 2; seed++) {
        tables.clear();
        Run run = frozen(ledger, tables);
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
          work(ledger, tables, run, random);
          RunCounts all = ledger.counts(run);
          assertThat(sum(ledger, run)).as("seed %d, step %d", seed, step).isEqualTo(figures(all));
          SETTLED.forEach(state -> seen.merge(state, all.of(state), Long::sum));
        }
      }
      assertThat(seen)
          .hasSize(SETTLED.size())
          .allSatisfy((s, rows) -> assertThat(rows).isPositive());
    }
  }

  @Test
  void theFirstOfFewerShardsAlsoReportsForThoseThatAreNoMore() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(VIEW.schema());
      Ledger ledger = store.ledger();
      Run run = frozen(ledger, tables);
      try (Lease lease = ledger.lease(run, 2, 3, "worker", Duration.ofSeconds(30))) {
        long first = ledger.claim(lease, 1, VIEW).get(0).profileId();
        ledger.markSending(lease, List.of(first));
        ledger.record(lease, List.of(Outcome.sent(first)));
      }

      assertThat(ledger.counts(run, new Shard(0, 2)).of(DeliveryState.Sent)).isEqualTo(1);
      assertThat(ledger.progress(run, new Shard(0, 2)).sent()).isEqualTo(1);
      assertThat(ledger.counts(run, new Shard(1, 2)).of(DeliveryState.Sent)).isZero();
    }
  }

  /** One shard takes its lease, does something, and ends well or badly. */
  private static void work(Ledger ledger, StoreTables tables, Run run, Random random) {
    int shard = random.nextInt(SHARDS);
    Lease lease = ledger.lease(run, shard, SHARDS, "worker", Duration.ofSeconds(30));
    List<Recipient> claimed = ledger.claim(lease, 1 + random.nextInt(8), VIEW);
    List<Long> sending = new ArrayList<>();
    for (Recipient recipient : claimed) {
      if (random.nextInt(10) > 0) {
        sending.add(recipient.profileId());
      }
    }
    ledger.markSending(lease, sending);
    List<Outcome> outcomes = new ArrayList<>();
    for (long id : sending) {
      switch (random.nextInt(8)) {
        case 0 -> outcomes.add(Outcome.failed(id, "550 5.1.1"));
        case 1, 2 -> outcomes.add(Outcome.deferred(id, "451 4.7.1", Duration.ZERO));
        case 3 -> outcomes.add(Outcome.uncertain(id, "lost"));
        case 4 -> outcomes.add(Outcome.skipped(id, "profileGone"));
        case 5 -> {}
        default -> outcomes.add(Outcome.sent(id));
      }
    }
    ledger.record(lease, outcomes);
    if (random.nextBoolean()) {
      lease.close();
    } else {
      kill(tables, run, shard);
    }
    if (random.nextInt(5) == 0) {
      tables.execute(
          """
          insert into suppression (address_hash, reason, source)
          select sha256(value || ?::bytea), 'Other', 'test' from store_salt on conflict do nothing
          """,
          random.nextInt(PEOPLE) + "@example.com");
    }
  }

  private static Map<String, Long> sum(Ledger ledger, Run run) {
    Map<String, Long> sum = new TreeMap<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      figures(ledger.counts(run, new Shard(shard, SHARDS)))
          .forEach((name, rows) -> sum.merge(name, rows, Long::sum));
    }
    return sum;
  }

  private static Map<String, Long> figures(RunCounts counts) {
    Map<String, Long> figures = new TreeMap<>();
    figures.put("selected", counts.selected());
    SETTLED.forEach(state -> figures.put(state.label(), counts.of(state)));
    counts.skipped().forEach((reason, rows) -> figures.put("skipped/" + reason, rows));
    counts
        .variants()
        .forEach(
            (variant, states) ->
                figures.put("sent/" + variant, states.getOrDefault(DeliveryState.Sent, 0L)));
    return figures;
  }

  private static Run frozen(Ledger ledger, StoreTables tables) {
    Run begun =
        ledger.begin(
            new RunRequest(
                new RunKey("shop", "sale", "r"), "h", "{}", false, false, UncertainPolicy.Skip, 3));
    tables.execute(
        """
        insert into profile (id, email, email_key)
        select i, i || '@example.com', i || '@example.com' from generate_series(1, ?) i
        """,
        PEOPLE);
    tables.execute(
        """
        insert into delivery (run_id, profile_id, state, reason, variant)
        select ?, id, case when id % 7 = 0 then 'skipped' else 'planned' end::delivery_state,
               case when id % 7 = 0 then 'holdout' end,
               case when id % 7 = 0 then null when id % 2 = 0 then 'a' else 'b' end
        from profile
        """,
        begun.id());
    tables.execute(
        """
        update run set state = 'Frozen', topic = 'news', opt_in = 'Implied',
          audience = '{"selected": 258, "skipped": {"notInAudience": 5, "holdout": 42}}'
        """);
    return ledger.find(begun.key()).orElseThrow();
  }

  private static void kill(StoreTables killer, Run run, int shard) {
    killer.rows(
        """
        select pg_terminate_backend(pid, 5000) from pg_locks
        where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())
          and (classid::bigint << 32 | objid::bigint) = hashtextextended(?, 0)
        """,
        "lettershop/lease/" + run.id() + "/" + shard);
  }
}
