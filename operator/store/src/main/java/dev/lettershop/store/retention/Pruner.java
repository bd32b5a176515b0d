package dev.lettershop.store.retention;

import dev.lettershop.api.v1alpha1.store.Retention;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Forgets opens and clicks by whole days, deliveries and events by whole months: the youngest row
 * of a month is past its time before any goes; and quarantined records one by one. Runs stay known
 * by name, so that none ever sends again. Thread-safe.
 */
public final class Pruner {
  private static final String MONTHS =
      """
      select right(c.relname, 7) as month from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ?::regclass and c.relname ~ ?
        and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month'
            <= (now() - make_interval(secs => ?)) at time zone 'UTC'
      order by 1
      """;

  private static final String DAYS =
      """
      select right(c.relname, 10) as day from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'hit'::regclass and c.relname ~ '^hit_[0-9]{4}_[0-9]{2}_[0-9]{2}$'
        and to_date(right(c.relname, 10), 'YYYY_MM_DD') + interval '1 day'
            <= (now() - make_interval(secs => ?)) at time zone 'UTC'
      order by 1
      """;

  private final Database database;

  public Pruner(Database database) {
    this.database = database;
  }

  /**
   * @param retention null keeps everything but opens and clicks
   * @param dryRun whether it is only said what would be forgotten
   */
  public PruneReport apply(Retention retention, boolean dryRun) {
    if (retention == null) {
      return hits(dryRun);
    }
    return database.transact(
        "forget what is past its time",
        db -> {
          // Whoever reads the tables for long must not make all others wait for this.
          db.execute("set local lock_timeout = '5s'");
          List<String> deliveries = new ArrayList<>();
          List<String> kept = new ArrayList<>();
          long runs = 0;
          for (String month : months(db, "delivery", retention.deliveries())) {
            if (isOpen(db, month)) {
              kept.add(spoken(month));
            } else {
              runs += dryRun ? runsOf(db, month) : forgetRuns(db, month);
              deliveries.add(spoken(month));
            }
          }
          if (!dryRun) {
            forgetTriggered(db, retention.deliveries());
          }
          List<String> events = new ArrayList<>();
          for (String month : months(db, "event", retention.events())) {
            if (!dryRun) {
              db.execute("drop table {0}", DSL.name("event_" + month));
              // No trigger sees a table go, and segments have to be asked anew about everybody.
              db.execute("insert into change default values");
            }
            events.add(spoken(month));
          }
          PruneReport pruned =
              new PruneReport(
                  deliveries,
                  runs,
                  kept,
                  events,
                  rows(db, "event_other", "occurred_at", retention.events(), dryRun),
                  rows(db, "quarantine", "created_at", retention.quarantine(), dryRun),
                  days(db, retention.hits(), dryRun));
          if (!dryRun && !pruned.isNothing()) {
            AuditLog.append(db, "retention.applied", "retention", null, detail(pruned));
          }
          return pruned;
        });
  }

  private PruneReport hits(boolean dryRun) {
    String keep = Retention.ONLY_HITS.hits();
    return database.transact(
        "forget opens and clicks",
        db -> {
          db.execute("set local lock_timeout = '5s'");
          PruneReport pruned =
              new PruneReport(List.of(), 0, List.of(), List.of(), 0, 0, days(db, keep, dryRun));
          if (!dryRun && !pruned.isNothing()) {
            AuditLog.append(db, "retention.applied", "retention", null, detail(pruned));
          }
          return pruned;
        });
  }

  private static List<String> days(DSLContext db, String keep, boolean dryRun) {
    List<String> days = db.fetch(DAYS, seconds(keep)).map(row -> row.get(0, String.class));
    if (!dryRun) {
      days.forEach(day -> db.execute("drop table {0}", DSL.name("hit_" + day)));
    }
    return days.stream().map(Pruner::spoken).toList();
  }

  private static Map<String, Object> detail(PruneReport pruned) {
    return Map.of(
        "deliveries",
        pruned.deliveries(),
        "runs",
        pruned.runs(),
        "events",
        pruned.events(),
        "otherEvents",
        pruned.otherEvents(),
        "quarantined",
        pruned.quarantined(),
        "hits",
        pruned.hits());
  }

  private static List<String> months(DSLContext db, String table, String keep) {
    if (keep == null) {
      return List.of();
    }
    return db.fetch(MONTHS, table, "^" + table + "_[0-9]{4}_[0-9]{2}$", seconds(keep))
        .map(r -> r.get(0, String.class));
  }

  private static double seconds(String keep) {
    Duration time = DurationText.parse(keep);
    return time.toSeconds();
  }

  private static String spoken(String month) {
    return month.replace('_', '-');
  }

  private static boolean isOpen(DSLContext db, String month) {
    return db.fetchSingle(
            "select exists (select from run where id between ? and ? and state = 'Frozen')",
            first(month),
            last(month))
        .get(0, Boolean.class);
  }

  private static long runsOf(DSLContext db, String month) {
    return db.fetchSingle(
            "select count(*) from run where id between ? and ? and purged_at is null",
            first(month),
            last(month))
        .get(0, Long.class);
  }

  private static long forgetRuns(DSLContext db, String month) {
    db.execute("drop table {0}", DSL.name("delivery_" + month));
    db.execute("delete from lease where run_id between ? and ?", first(month), last(month));
    db.execute("delete from run_resume where run_id between ? and ?", first(month), last(month));
    db.execute("delete from engagement where run_id between ? and ?", first(month), last(month));
    db.execute("delete from conversion where run_id between ? and ?", first(month), last(month));
    return db.execute(
        """
        update run set purged_at = now(), plan = '',
               state = case when state = 'Created' then 'Refused' else state end
        where id between ? and ? and purged_at is null
        """,
        first(month),
        last(month));
  }

  /**
   * Forgets who was decided about, as the ledger does, and what campaigns are triggered by that no
   * worker has spoken of for a month.
   */
  private static void forgetTriggered(DSLContext db, String keep) {
    db.execute(
        """
        update campaign_trigger set retired_at = now()
        where retired_at is null and seen_at < now() - interval '30 days'
        """);
    db.execute(
        """
        delete from trigger_entry e using campaign_trigger t
        where t.id = e.trigger_id and e.decided_at is null
          and t.retired_at < now() - interval '30 days'
        """);
    if (keep != null) {
      db.execute(
          "delete from trigger_entry where decided_at < now() - make_interval(secs => ?)",
          seconds(keep));
      db.execute(
          "delete from trigger_tally where hour < now() - make_interval(secs => ?)", seconds(keep));
    }
  }

  /** Runs of a month have numbers that begin with it. */
  private static long first(String month) {
    return Long.parseLong(month.replace("_", "")) * 1_000_000_000L;
  }

  private static long last(String month) {
    return first(month) + 999_999_999L;
  }

  /** Single rows of a table, of whatever age they are told by. */
  private static long rows(DSLContext db, String table, String time, String keep, boolean dryRun) {
    if (keep == null) {
      return 0;
    }
    String past = "from " + table + " where " + time + " < now() - make_interval(secs => ?)";
    return dryRun
        ? db.fetchSingle("select count(*) " + past, seconds(keep)).get(0, Long.class)
        : db.execute("delete " + past, seconds(keep));
  }
}
