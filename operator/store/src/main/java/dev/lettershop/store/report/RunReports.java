package dev.lettershop.store.report;

import dev.lettershop.insight.report.Outcomes;
import dev.lettershop.insight.report.RunFacts;
import dev.lettershop.insight.report.Trial;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.ledger.Run;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Counts what a run came to. All counts of one reading are of one moment. Thread-safe. */
public final class RunReports {
  private static final String SNAPSHOT =
      "set transaction isolation level repeatable read read only";

  /** Hashes of a million people fit in; it ends with the transaction. */
  private static final String MEMORY = "set local work_mem = '128MB'";

  private final Database database;

  public RunReports(Database database) {
    this.database = database;
  }

  /**
   * Everything that a report tells about a run whose audience was frozen.
   *
   * @param segments names of those that the plan knows, in the run's namespace
   */
  public RunFacts facts(Run run, List<String> segments) {
    return database.transact(
        "count what " + run.key() + " came to",
        db -> {
          db.execute(SNAPSHOT);
          db.execute(MEMORY);
          return facts(db, run, segments);
        });
  }

  private RunFacts facts(DSLContext db, Run run, List<String> segments) {
    People people = people(db, run);
    Map<String, Long> skipped = people.skipped;
    Record decided =
        db.fetchSingle(
            "select (audience #>> array['skipped', 'notInAudience'])::bigint, goal_event, goal_seconds"
                + " from run where id = {0}",
            id(run));
    Long outside = decided.get(0, Long.class);
    if (outside != null) {
      skipped.put("notInAudience", outside);
    }
    List<RunFacts.Group> members = members(db, run, segments);
    Set<String> recorded = new HashSet<>(members.stream().map(RunFacts.Group::name).toList());
    return new RunFacts(
        subject(run, judgedTo(db)),
        decided.get(1) == null
            ? null
            : new Trial.Goal(decided.get(1, String.class), decided.get(2, Long.class)),
        people.total,
        people.states,
        skipped,
        bounced(db, run),
        people.variants,
        database.vault().encrypts("email") ? null : people.domains,
        people.languages,
        members,
        segments.stream().filter(name -> !recorded.contains(name)).toList(),
        hours(db, run),
        links(db, run),
        traffic(db, run),
        earlier(db, run));
  }

  private static RunFacts.Subject subject(Run run, Instant judgedTo) {
    return new RunFacts.Subject(
        run.key().namespace(),
        run.key().campaign(),
        run.key().name(),
        run.planHash(),
        run.dryRun(),
        run.test(),
        run.frozenAt(),
        run.completedAt(),
        judgedTo);
  }

  /** Null when no hit has ever got a verdict. */
  private static Instant judgedTo(DSLContext db) {
    Instant to =
        db.fetchSingle("select judged_to from hit_mark").get(0, OffsetDateTime.class).toInstant();
    return to.equals(Instant.EPOCH) ? null : to;
  }

  /** The people of a run, counted in one pass by each property. */
  private static final class People {
    private Outcomes total = Outcomes.NONE;
    private final Map<String, Long> states = new TreeMap<>();
    private final Map<String, Long> skipped = new TreeMap<>();
    private final List<RunFacts.Group> variants = new ArrayList<>();
    private final List<RunFacts.Group> domains = new ArrayList<>();
    private final List<RunFacts.Group> languages = new ArrayList<>();

    private void add(Record row) {
      Outcomes outcomes = outcomes(row);
      switch (row.get("by", String.class)) {
        case "state" -> {
          total = total.plus(outcomes);
          states.merge(row.get("name", String.class), outcomes.people(), Long::sum);
          String reason = row.get("reason", String.class);
          if (reason != null) {
            skipped.merge(reason, outcomes.people(), Long::sum);
          }
        }
        case "variant" -> addNamed(variants, row, outcomes);
        case "domain" -> addNamed(domains, row, outcomes);
        default -> addNamed(languages, row, outcomes);
      }
    }

    private static void addNamed(List<RunFacts.Group> groups, Record row, Outcomes outcomes) {
      String name = row.get("name", String.class);
      if (name != null) {
        groups.add(new RunFacts.Group(name, outcomes));
      }
    }
  }

  private People people(DSLContext db, Run run) {
    People people = new People();
    db.fetch(ReportSql.people(!database.vault().encrypts("email")), id(run)).forEach(people::add);
    return people;
  }

  private static Outcomes outcomes(Record row) {
    return new Outcomes(
        row.get("people", Long.class),
        row.get("planned", Long.class),
        row.get("sent", Long.class),
        row.get("returned", Long.class),
        row.get("delivered", Long.class),
        row.get("opened", Long.class),
        row.get("machine_opened", Long.class),
        row.get("clicked", Long.class),
        row.get("machine_clicked", Long.class),
        row.get("unsubscribed", Long.class),
        row.get("complained", Long.class));
  }

  /** Members of recorded segments, as they were when the audience was frozen. */
  private static List<RunFacts.Group> members(DSLContext db, Run run, List<String> segments) {
    Integer[] recorded =
        db.fetch(
                "select id from segment where namespace = {0} and name = any({1}::text[])"
                    + " and refreshed_at is not null",
                DSL.val(run.key().namespace()), DSL.val(segments.toArray(String[]::new)))
            .map(row -> row.get(0, Integer.class))
            .toArray(Integer[]::new);
    return recorded.length == 0
        ? List.of()
        : db.fetch(ReportSql.MEMBERS, id(run), DSL.val(recorded))
            .map(row -> new RunFacts.Group(row.get("name", String.class), outcomes(row)));
  }

  private static Map<String, Long> bounced(DSLContext db, Run run) {
    Map<String, Long> bounced = new TreeMap<>();
    db.fetch(ReportSql.BOUNCED, id(run))
        .forEach(row -> bounced.put(row.get(0, String.class), row.get(1, Long.class)));
    return bounced;
  }

  private static List<RunFacts.Hour> hours(DSLContext db, Run run) {
    return db.fetch(ReportSql.HOURS, id(run))
        .map(
            row ->
                new RunFacts.Hour(
                    row.get(0, Integer.class), row.get(1, Long.class), row.get(2, Long.class)));
  }

  private static List<RunFacts.Link> links(DSLContext db, Run run) {
    return db.fetch(ReportSql.LINKS, id(run))
        .map(
            row ->
                new RunFacts.Link(
                    row.get(0, Integer.class),
                    row.get(1, String.class),
                    List.of(row.get(2, String[].class)),
                    row.get(3, Long.class),
                    row.get(4, Long.class),
                    row.get(5, Long.class)));
  }

  private static List<RunFacts.Traffic> traffic(DSLContext db, Run run) {
    return db.fetch(ReportSql.TRAFFIC, id(run))
        .map(
            row ->
                new RunFacts.Traffic(
                    row.get(0, String.class),
                    row.get(1, String.class),
                    row.get(2, String.class),
                    row.get(3, Integer.class),
                    row.get(4, Integer.class),
                    row.get(5, Long.class),
                    row.get(6, Long.class)));
  }

  private static List<RunFacts.Earlier> earlier(DSLContext db, Run run) {
    List<RunFacts.Earlier> earlier = new ArrayList<>();
    for (Record row : db.fetch(ReportSql.EARLIER, id(run))) {
      Outcomes total = outcomes(db.fetchSingle(ReportSql.TOTAL, DSL.val(row.get(0, Long.class))));
      earlier.add(
          new RunFacts.Earlier(
              row.get(1, String.class), row.get(2, OffsetDateTime.class).toInstant(), total));
    }
    return earlier;
  }

  private static Field<Long> id(Run run) {
    return DSL.val(run.id());
  }
}
