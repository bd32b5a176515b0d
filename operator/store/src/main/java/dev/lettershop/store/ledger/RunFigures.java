package dev.lettershop.store.ledger;

import dev.lettershop.store.database.Database;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Runs in figures. */
final class RunFigures {

  private final Database database;

  RunFigures(Database database) {
    this.database = database;
  }

  RunCounts counts(Run run) {
    return counts(run, Shard.ONLY, "");
  }

  RunCounts counts(Run run, Shard shard) {
    return counts(run, shard, "left join lease l on l.id = d.lease_id and l.run_id = d.run_id");
  }

  /**
   * @param leases joins the leases where their shards are asked for
   */
  private RunCounts counts(Run run, Shard shard, String leases) {
    return database.transact(
        "count the deliveries of " + run.key(),
        db -> {
          Map<String, Long> skipped = new TreeMap<>();
          long selected = shard.index() == 0 ? audience(db, run, skipped) : 0;
          Map<DeliveryState, Long> deliveries = new EnumMap<>(DeliveryState.class);
          Map<String, Map<DeliveryState, Long>> variants = new TreeMap<>();
          db.fetch(
                  """
                  select d.state::text, d.variant, case when d.state = 'skipped' then d.reason end,
                         count(*)
                  from delivery d %s where d.run_id = ? and %s group by 1, 2, 3
                  """
                      .formatted(leases, leases.isEmpty() ? "true" : shard.condition()),
                  run.id())
              .forEach(
                  r -> {
                    DeliveryState state = DeliveryState.ofLabel(r.get(0, String.class));
                    long rows = r.get(3, Long.class);
                    deliveries.merge(state, rows, Long::sum);
                    if (r.get(1) != null) {
                      variants
                          .computeIfAbsent(
                              r.get(1, String.class), v -> new EnumMap<>(DeliveryState.class))
                          .merge(state, rows, Long::sum);
                    }
                    if (state == DeliveryState.Skipped) {
                      skipped.merge(String.valueOf(r.get(2)), rows, Long::sum);
                    }
                  });
          return new RunCounts(selected, skipped, deliveries, variants);
        });
  }

  /** What the freeze decided about those who have no row: told, and put among the skipped. */
  private static long audience(DSLContext db, Run run, Map<String, Long> skipped) {
    Record audience =
        db.fetchSingle(
            """
            select coalesce((audience ->> 'selected')::bigint, 0),
                   (audience #>> '{skipped,notInAudience}')::bigint
            from run where id = ?
            """,
            run.id());
    if (audience.get(1) != null) {
      skipped.put(SkipReason.NotInAudience.key(), audience.get(1, Long.class));
    }
    return audience.get(0, Long.class);
  }

  RunProgress progress(Run run) {
    return progress(run, Shard.ONLY);
  }

  RunProgress progress(Run run, Shard shard) {
    return database.once(
        "ask how far " + run.key() + " is",
        db -> {
          Record r =
              db.fetchSingle(
                  """
                  select coalesce((r.audience ->> 'selected')::bigint, 0), t.*
                  from run r cross join (
                    select coalesce(sum(l.sent), 0), coalesce(sum(l.failed), 0),
                           coalesce(sum(l.skipped), 0), coalesce(sum(l.uncertain), 0),
                           coalesce(sum(l.deferrals), 0)
                    from lease l where l.run_id = ? and %s) t
                  where r.id = ?
                  """
                      .formatted(shard.condition()),
                  run.id(),
                  run.id());
          return new RunProgress(
              r.get(0, Long.class),
              r.get(1, Long.class),
              r.get(2, Long.class),
              r.get(3, Long.class),
              r.get(4, Long.class),
              r.get(5, Long.class));
        });
  }
}
