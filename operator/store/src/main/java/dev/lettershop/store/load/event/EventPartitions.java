package dev.lettershop.store.load.event;

import dev.lettershop.store.database.Database;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The monthly partitions of {@code event}, made when events of that month come. Months far from now
 * (usually wrong dates) share the default partition, so that dirt cannot make thousands of tables.
 */
public final class EventPartitions {

  private static final int MONTHS_BACK = 36;
  private static final int MONTHS_AHEAD = 3;
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('lettershop/event', 0))";

  private final Database database;

  EventPartitions(Database database) {
    this.database = database;
  }

  /** Makes sure that those of some months that are near have their partitions. */
  public static void cover(Database database, List<YearMonth> months) {
    EventPartitions partitions = new EventPartitions(database);
    List<YearMonth> missing =
        database.once("look for room for events", db -> missing(db, partitions.near(db, months)));
    if (!missing.isEmpty()) {
      partitions.create(missing);
    }
  }

  /** Those months that get a partition of their own. */
  List<YearMonth> near(DSLContext db, Collection<YearMonth> months) {
    YearMonth now =
        YearMonth.from(utc(db.fetchSingle("select now()").get(0, OffsetDateTime.class)));
    return months.stream()
        .filter(m -> !m.isBefore(now.minusMonths(MONTHS_BACK)))
        .filter(m -> !m.isAfter(now.plusMonths(MONTHS_AHEAD)))
        .sorted()
        .toList();
  }

  /** Makes sure that months have their partitions. */
  void cover(DSLContext staged, List<YearMonth> months) {
    List<YearMonth> missing = missing(staged, months);
    if (!missing.isEmpty()) {
      create(missing);
    }
  }

  private void create(List<YearMonth> months) {
    database.transact(
        "make room for events",
        db -> {
          db.execute(LOCK);
          months.forEach(month -> create(db, month));
          return null;
        });
  }

  /**
   * Those months of which nobody has an event yet. Until the end of the transaction it stays so.
   */
  List<YearMonth> fresh(DSLContext db, List<YearMonth> months) {
    if (missing(db, months).isEmpty()) {
      return List.of();
    }
    db.execute(LOCK);
    return missing(db, months).stream().filter(month -> !hasStrays(db, month)).toList();
  }

  private static List<YearMonth> missing(DSLContext db, List<YearMonth> months) {
    return months.stream().filter(month -> !exists(db, name(month))).toList();
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

  /**
   * Tells the planner of tables that have more than doubled since it last looked, or that it never
   * looked at. PostgreSQL does so itself within a minute or two; until then it may read all events
   * of a name for each row of a batch.
   */
  void analyzeOutgrown(DSLContext db, List<YearMonth> months) {
    String[] names =
        Stream.concat(months.stream().map(EventPartitions::name), Stream.of("identity"))
            .toArray(String[]::new);
    db.fetch(
            """
            select c.relname from pg_class c
            where c.relnamespace = to_regnamespace(?) and c.relname = any(?)
              and pg_relation_size(c.oid) > 0
              and (c.reltuples < 0
                   or pg_stat_get_mod_since_analyze(c.oid) > greatest(c.reltuples, 1000))
            """,
            Database.SCHEMA,
            names)
        .forEach(table -> db.execute("analyze {0}", DSL.name(table.get(0, String.class))));
  }

  private static boolean exists(DSLContext db, String partition) {
    return db.fetchSingle("select to_regclass(?)::text", Database.SCHEMA + "." + partition).get(0)
        != null;
  }

  private static void create(DSLContext db, YearMonth month) {
    if (!hasStrays(db, month)) {
      db.execute(
          "create table if not exists {0} partition of event for values from ({1}) to ({2})",
          DSL.name(name(month)), DSL.inline(start(month)), DSL.inline(start(month.plusMonths(1))));
    }
  }

  /**
   * Whether the default partition has events of a month. Then it keeps them: moving them would lock
   * the table for long.
   */
  private static boolean hasStrays(DSLContext db, YearMonth month) {
    return db.fetchSingle(
            "select exists (select from event_other where occurred_at >= ?::timestamptz and occurred_at < ?::timestamptz)",
            start(month),
            start(month.plusMonths(1)))
        .get(0, Boolean.class);
  }

  /** When a month begins, for PostgreSQL. */
  static String start(YearMonth month) {
    return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC).toString();
  }

  private static OffsetDateTime utc(OffsetDateTime time) {
    return time.withOffsetSameInstant(ZoneOffset.UTC);
  }

  static String name(YearMonth month) {
    return "event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
  }
}
