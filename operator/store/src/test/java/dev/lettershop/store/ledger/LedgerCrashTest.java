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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Workers of several shards die again and again, at every step, and others take over. */
class LedgerCrashTest {

  private static final int PEOPLE = 1_500;
  private static final int SHARDS = 3;
  private static final int CRASHES = 20;
  private static final ProfileView VIEW =
      new ProfileView(ProfileSchema.of(List.of(), List.of()), Set.of(), Set.of());

  /** Mails that went out, by profile. */
  private final Map<Long, Integer> mails = new ConcurrentHashMap<>();

  private StoreSettings settings;
  private Ledger ledger;
  private Run run;

  @Test
  void nobodyIsMailedTwiceAndNobodyIsLost() throws Exception {
    settings = TestServer.newDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(VIEW.schema());
      ledger = store.ledger();
      run = frozen(tables);

      ExecutorService threads = Executors.newFixedThreadPool(SHARDS);
      List<Future<?>> shards = new ArrayList<>();
      for (int i = 0; i < SHARDS; i++) {
        int shard = i;
        shards.add(threads.submit(() -> workAndCrash(shard)));
      }
      for (Future<?> shard : shards) {
        shard.get();
      }
      threads.shutdown();

      assertThat(ledger.complete(run)).isTrue();
      assertThat(mails.values()).allMatch(count -> count == 1);
      Set<Long> sent = profiles(tables, "sent");
      Set<Long> uncertain = profiles(tables, "uncertain");
      assertThat(sent.size() + uncertain.size()).isEqualTo(PEOPLE);
      assertThat(mails.keySet()).containsAll(sent);
      Set<Long> mailed = new HashSet<>(mails.keySet());
      mailed.removeAll(sent);
      assertThat(uncertain).containsAll(mailed);
      assertThat(uncertain).as("crashes in the middle of sending").isNotEmpty();
    }
  }

  private Run frozen(StoreTables tables) {
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
        "insert into delivery (run_id, profile_id, state) select ?, id, 'planned' from profile",
        begun.id());
    tables.execute("update run set state = 'Frozen', topic = 'news', opt_in = 'Implied'");
    return ledger.find(begun.key()).orElseThrow();
  }

  private static Set<Long> profiles(StoreTables tables, String state) {
    Set<Long> ids = new HashSet<>();
    tables
        .rows("select profile_id from delivery where state = ?::delivery_state", state)
        .forEach(r -> ids.add(r.get(0, Long.class)));
    return ids;
  }

  private Void workAndCrash(int shard) throws Exception {
    Random random = new Random(shard);
    try (StoreTables killer = new StoreTables(settings)) {
      for (int crash = 0; crash < CRASHES; crash++) {
        Lease lease = ledger.lease(run, shard, SHARDS, "worker", Duration.ofSeconds(30));
        try {
          work(lease, random, 1 + random.nextInt(12));
        } finally {
          kill(killer, shard);
        }
      }
    }
    try (Lease lease = ledger.lease(run, shard, SHARDS, "worker", Duration.ofSeconds(30))) {
      work(lease, random, Integer.MAX_VALUE);
    }
    return null;
  }

  /** Works for so many steps, or until nothing is left. */
  private void work(Lease lease, Random random, int steps) {
    int left = steps;
    List<Recipient> claimed;
    while (left-- > 0 && !(claimed = ledger.claim(lease, 20, VIEW)).isEmpty()) {
      for (int from = 0; from < claimed.size(); from += 5) {
        List<Recipient> batch = claimed.subList(from, Math.min(claimed.size(), from + 5));
        if (left-- <= 0) {
          return;
        }
        Set<Long> mine =
            ledger.markSending(lease, batch.stream().map(Recipient::profileId).toList());
        boolean dies = left-- <= 0;
        List<Outcome> outcomes = new ArrayList<>();
        for (long id : mine) {
          if (dies && random.nextBoolean()) {
            return;
          }
          mails.merge(id, 1, Integer::sum);
          outcomes.add(Outcome.sent(id));
        }
        if (dies) {
          return;
        }
        ledger.record(lease, outcomes);
      }
    }
  }

  private void kill(StoreTables killer, int shard) {
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
