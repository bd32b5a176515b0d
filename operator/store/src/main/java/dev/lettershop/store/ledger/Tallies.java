package dev.lettershop.store.ledger;

import dev.lettershop.store.database.Database;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Record;

/** Runs in figures. */
final class Tallies {

  private final Database database;

  Tallies(Database database) {
    this.database = database;
  }

  RunCounts counts(Run run) {
    return database.transact(
        "count the deliveries of " + run.key(),
        db -> {
          Record audience =
              db.fetchSingle(
                  """
                  select coalesce((audience ->> 'selected')::bigint, 0),
                         (audience #>> '{skipped,notInAudience}')::bigint
                  from run where id = ?
                  """,
                  run.id());
          Map<String, Long> skipped = new TreeMap<>();
          Map<DeliveryState, Long> deliveries = new EnumMap<>(DeliveryState.class);
          Map<String, Map<DeliveryState, Long>> variants = new TreeMap<>();
          if (audience.get(1) != null) {
            skipped.put(SkipReason.NotInAudience.key(), audience.get(1, Long.class));
          }
          db.fetch(
                  """
                  select state::text, variant, case when state = 'skipped' then reason end, count(*)
                  from delivery where run_id = ? group by 1, 2, 3
                  """,
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
          return new RunCounts(audience.get(0, Long.class), skipped, deliveries, variants);
        });
  }

  RunProgress progress(Run run) {
    return database.once(
        "ask how far " + run.key() + " is",
        db -> {
          Record r =
              db.fetchSingle(
                  """
                  select coalesce((r.audience ->> 'selected')::bigint, 0), l.*
                  from run r cross join (
                    select coalesce(sum(sent), 0), coalesce(sum(failed), 0),
                           coalesce(sum(skipped), 0), coalesce(sum(uncertain), 0),
                           coalesce(sum(deferrals), 0)
                    from lease where run_id = ?) l
                  where r.id = ?
                  """,
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
