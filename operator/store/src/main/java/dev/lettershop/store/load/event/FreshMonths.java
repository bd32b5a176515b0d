package dev.lettershop.store.load.event;

import dev.lettershop.store.load.consent.PlaceholderProfiles;
import dev.lettershop.store.load.profile.StagedIdentity;
import dev.lettershop.store.trigger.TriggerEntries;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The short way for many events of months that have no partition yet: they go into tables without
 * indexes, which are built when all rows are there, and become partitions then. Nobody can have
 * read the same events before, so only events of this load can be the same.
 */
final class FreshMonths {

  /** Where a row's id has not come before in its load, and does not come again later. */
  private static final String SURE = "not s.again and " + EventVersions.LATEST;

  private final DSLContext db;
  private final StagedIdentity staged;
  private final List<YearMonth> months;
  private final String range;

  /**
   * @param months that have no partition, and no events elsewhere
   */
  FreshMonths(DSLContext db, StagedIdentity staged, List<YearMonth> months) {
    this.db = db;
    this.staged = staged;
    this.months = months;
    this.range = range(months);
  }

  private static String range(List<YearMonth> months) {
    List<String> ranges = new ArrayList<>();
    YearMonth from = months.get(0);
    for (int i = 0; i < months.size(); i++) {
      YearMonth next = months.get(i).plusMonths(1);
      if (i == months.size() - 1 || !months.get(i + 1).equals(next)) {
        ranges.add(
            "s.occurred_at >= '%s' and s.occurred_at < '%s'"
                .formatted(EventPartitions.start(from), EventPartitions.start(next)));
        from = i == months.size() - 1 ? null : months.get(i + 1);
      }
    }
    return ranges.stream().collect(Collectors.joining(" or ", "(", ")"));
  }

  /** Where a row of {@code load_stage s} is left for the ordinary way. */
  String others() {
    return "(not " + range + " or s.again)";
  }

  /** Where a row of {@code load_stage s} belongs here. */
  String rows() {
    return SURE + " and " + range;
  }

  /** Makes the tables. */
  void open() {
    db.execute(
        "create table event_loading (like event including defaults) partition by range (occurred_at)");
    for (YearMonth month : months) {
      db.execute(
          "create table {0} partition of event_loading for values from ({1}) to ({2})",
          DSL.name(EventPartitions.name(month)),
          DSL.inline(EventPartitions.start(month)),
          DSL.inline(EventPartitions.start(month.plusMonths(1))));
    }
  }

  /** Stores events of people who are known. */
  TriggerEntries.Stored insert() {
    return insert(
        "identity i on i.kind = '" + staged.kind().replace("'", "''") + "' and i.value = s.ident");
  }

  /** Stores events of those whom {@link PlaceholderProfiles} made profiles for. */
  TriggerEntries.Stored insertStrangers() {
    return insert("(select ident, id as profile_id from load_stranger) i on i.ident = s.ident");
  }

  private TriggerEntries.Stored insert(String people) {
    return TriggerEntries.insert(
        db,
        """
        insert into event_loading (profile_id, name, occurred_at, id, properties)
        select i.profile_id, s.name, s.occurred_at, s.id, s.properties
        from load_stage s join %s where %s
        """
            .formatted(people, rows()));
  }

  /**
   * Makes the tables partitions of {@code event}, and notes who has changed, as its trigger does.
   *
   * @param rows how many events they hold
   */
  void close(long rows) {
    boolean many =
        db.fetchSingle(
                "select ? > greatest(reltuples, 0) / 5 from pg_class where oid = 'profile'::regclass",
                rows)
            .get(0, Boolean.class);
    db.execute(
        many
            ? "insert into change (event) select distinct name from event_loading"
            : "insert into change (profile_id, event) select distinct profile_id, name from event_loading");
    db.execute("set local maintenance_work_mem = '128MB'");
    for (YearMonth month : months) {
      var table = DSL.name(EventPartitions.name(month));
      db.execute("alter table event_loading detach partition {0}", table);
      db.execute("alter table {0} add primary key (profile_id, name, occurred_at, id)", table);
      db.execute("create index on {0} (name, occurred_at) include (profile_id)", table);
      db.execute("create index on {0} using brin (occurred_at)", table);
      db.execute("analyze {0}", table);
    }
    db.execute("drop table event_loading");
    // Who reads events meanwhile has to wait, until the end of the transaction.
    for (YearMonth month : months) {
      db.execute(
          "alter table event attach partition {0} for values from ({1}) to ({2})",
          DSL.name(EventPartitions.name(month)),
          DSL.inline(EventPartitions.start(month)),
          DSL.inline(EventPartitions.start(month.plusMonths(1))));
    }
  }
}
