package dev.lettershop.store.load;

import dev.lettershop.store.database.Database;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The monthly partitions of {@code event}, made when events of that month come. Months far from now
 * (usually wrong dates) share the default partition, so that dirt cannot make thousands of tables.
 */
final class EventPartitions {

  private static final int MONTHS_BACK = 36;
  private static final int MONTHS_AHEAD = 3;

  private final Database database;

  EventPartitions(Database database) {
    this.database = database;
  }

  /**
   * Makes sure that the months in {@code load_stage} have their partitions.
   *
   * @return those months
   */
  List<YearMonth> coverStaged(DSLContext staged) {
    List<YearMonth> months =
        staged
            .fetch(
                """
                select distinct date_trunc('month', occurred_at at time zone 'UTC')
                                at time zone 'UTC'
                from load_stage
                where occurred_at between now() - make_interval(months => ?)
                                      and now() + make_interval(months => ?)
                  and occurred_at is not null
                """,
                MONTHS_BACK,
                MONTHS_AHEAD)
            .map(r -> YearMonth.from(utc(r.get(0, OffsetDateTime.class))));
    List<YearMonth> missing = new ArrayList<>();
    for (YearMonth month : months) {
      if (!exists(staged, name(month))) {
        missing.add(month);
      }
    }
    if (!missing.isEmpty()) {
      database.transact(
          "make room for events",
          db -> {
            db.execute("select pg_advisory_xact_lock(hashtextextended('lettershop/event', 0))");
            missing.forEach(month -> create(db, month));
            return null;
          });
    }
    return months;
  }

  /** Lets the planner know what many new events have changed. */
  void analyze(DSLContext db, List<YearMonth> months) {
    for (YearMonth month : months) {
      String partition = name(month);
      if (exists(db, partition)) {
        db.execute("analyze {0}", DSL.name(partition));
      }
    }
    db.execute("analyze event_other");
  }

  private static boolean exists(DSLContext db, String partition) {
    return db.fetchSingle("select to_regclass(?)::text", Database.SCHEMA + "." + partition).get(0)
        != null;
  }

  private static void create(DSLContext db, YearMonth month) {
    OffsetDateTime from = month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    OffsetDateTime to = from.plusMonths(1);
    // A month that already has strays in the default partition stays there: moving them would lock
    // the table for long.
    boolean strays =
        db.fetchSingle(
                "select exists (select from event_other where occurred_at >= ?::timestamptz and occurred_at < ?::timestamptz)",
                from,
                to)
            .get(0, Boolean.class);
    if (!strays) {
      db.execute(
          "create table if not exists {0} partition of event for values from ({1}) to ({2})",
          DSL.name(name(month)), DSL.inline(from.toString()), DSL.inline(to.toString()));
    }
  }

  private static OffsetDateTime utc(OffsetDateTime time) {
    return time.withOffsetSameInstant(ZoneOffset.UTC);
  }

  private static String name(YearMonth month) {
    return "event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
  }
}
