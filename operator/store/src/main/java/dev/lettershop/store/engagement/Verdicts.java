package dev.lettershop.store.engagement;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.Turn;
import dev.lettershop.store.hit.HitKind;
import dev.lettershop.store.load.event.EventPartitions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Verdicts on hits, and what they come to: figures by person, run, link and day, and events that
 * rules can ask for. Whoever gives them decides elsewhere. All of it is one transaction, so that
 * nothing counts twice or not at all, whenever a process is killed. Thread-safe.
 */
public final class Verdicts {
  private static final int AT_ONCE = 5_000;

  /** Verdicts are counted by one transaction at a time. */
  private static final String IN_TURN =
      "select pg_advisory_xact_lock(hashtextextended('lettershop/engagement', 0))";

  private static final String HITS =
      """
      select h.id, h.day, h.at, h.kind, h.run_id, h.profile_id, h.number, h.method, h.prefetch,
        h.network::text, h.agent, d.updated_at, h.reason, h.rules
      from hit h
      left join delivery d on h.kind = 'Open' and d.run_id = h.run_id and d.profile_id = h.profile_id
        and d.state = 'sent'
      """;

  private static final String GIVEN =
      "unnest({0}::date[], {1}::uuid[], {2}::text[], {3}::text[]) as v (day, id, verdict, reason)";

  private static final String RECORD =
      """
      with judged as (
        update hit h set judged_at = now(), verdict = v.verdict, reason = v.reason, rules = {4}
        from %s
        where h.day = v.day and h.id = v.id and h.judged_at is null
        returning h.profile_id, h.run_id, h.kind, h.number, h.day, h.verdict, h.reason, h.rules, h.at,
          h.id),
      counted as (
        insert into engagement as e
          (profile_id, run_id, kind, number, day, verdict, reason, rules, first_at, hits)
        select profile_id, run_id, kind, number, day, verdict, reason, max(rules), min(at), count(*)
        from judged group by 1, 2, 3, 4, 5, 6, 7
        on conflict (profile_id, run_id, kind, number, day, reason) do update
          set hits = e.hits + excluded.hits, first_at = least(e.first_at, excluded.first_at),
            rules = greatest(e.rules, excluded.rules)),
      happened as (
        insert into event (profile_id, name, occurred_at, id, properties)
        select j.profile_id, 'email_' || lower(j.kind) || 'ed', j.at, 'hit/' || j.id,
          jsonb_strip_nulls(jsonb_build_object('campaign', r.campaign, 'run', r.name,
            'verdict', j.verdict, 'link', case when j.kind = 'Click' then j.number end))
        from judged j join run r on r.id = j.run_id where j.profile_id > 0
        on conflict do nothing)
      select r.namespace, r.campaign, j.kind, j.verdict, count(*)
      from judged j left join run r on r.id = j.run_id group by 1, 2, 3, 4 order by 1, 2, 3, 4
      """
          .formatted(GIVEN);

  private static final String CHANGE =
      """
      update hit h set verdict = v.verdict, reason = v.reason, rules = {4} from %s
      where h.day = v.day and h.id = v.id and h.judged_at is not null
      """
          .formatted(GIVEN);

  private static final String CONFIRM =
      """
      update hit set rules = {0}
      where day = {1}::date and at > {2}::timestamptz and at <= {3}::timestamptz and rules <> {0}
      """;

  private static final String CONFIRM_COUNTS =
      """
      update engagement e set rules = {0}
      from (select distinct profile_id, run_id, kind, number, reason from hit
            where day = {1}::date and at > {2}::timestamptz and rules = {0}) h
      where e.day = {1}::date and e.rules < {0} and e.profile_id = h.profile_id
        and e.run_id = h.run_id and e.kind = h.kind and e.number = h.number and e.reason = h.reason
      """;

  private static final String UPDATE_EVENTS =
      """
      update event e set properties = e.properties || jsonb_build_object('verdict', v.verdict)
      from %s join hit h on h.day = v.day and h.id = v.id
      where e.profile_id = h.profile_id and e.name = 'email_' || lower(h.kind) || 'ed'
        and e.occurred_at = h.at and e.id = 'hit/' || h.id
        and e.properties ->> 'verdict' is distinct from v.verdict
      """
          .formatted(GIVEN);

  /** What is counted together with any of the hits. */
  private static final String TOUCHED =
      """
      (select distinct h.profile_id, h.run_id, h.kind, h.number, h.day
       from hit h join %s on h.day = v.day and h.id = v.id) t
      """
          .formatted(GIVEN);

  private static final String FORGET =
      """
      delete from engagement e using %s
      where e.profile_id = t.profile_id and e.run_id = t.run_id and e.kind = t.kind
        and e.number = t.number and e.day = t.day
      """
          .formatted(TOUCHED);

  private static final String COUNT_AGAIN =
      """
      insert into engagement
        (profile_id, run_id, kind, number, day, verdict, reason, rules, first_at, hits)
      select h.profile_id, h.run_id, h.kind, h.number, h.day, h.verdict, h.reason, max(h.rules),
        min(h.at), count(*)
      from %s join hit h on h.profile_id = t.profile_id and h.run_id = t.run_id
        and h.kind = t.kind and h.number = t.number and h.day = t.day
      where h.judged_at is not null group by 1, 2, 3, 4, 5, 6, 7
      """
          .formatted(TOUCHED);

  private final Database database;

  public Verdicts(Database database) {
    this.database = database;
  }

  /** Takes the right to give verdicts as hits come; empty while another process has it. */
  public Optional<Turn> takeTurn() {
    return Turn.take(database, "verdicts");
  }

  /** Until when hits have their verdicts, but for those that were stored later. */
  public Instant judgedTo() {
    return database.once(
        "read how far hits are judged",
        db ->
            instant(db.fetchSingle("select judged_to from hit_mark").get(0, OffsetDateTime.class)));
  }

  /**
   * The next hits that name somebody and have no verdict, in the order of time.
   *
   * @param after only those that came later, or at this time with a higher id
   * @param id of the last one that is known
   * @param until when they came at the latest
   */
  public List<StoredHit> unjudged(Instant after, UUID id, Instant until, int limit) {
    return database
        .once(
            "read hits",
            db ->
                db.fetch(
                    HITS
                        + "where h.judged_at is null and h.profile_id > 0 and (h.at, h.id) > (?::timestamptz, ?::uuid)"
                        + " and h.at <= ?::timestamptz order by h.at, h.id limit ?",
                    time(after),
                    id,
                    time(until),
                    limit))
        .map(Verdicts::hit);
  }

  /** Hits that name nobody and have no verdict. */
  public List<StoredHit> unnamed(int limit) {
    return database
        .once(
            "read hits",
            db -> db.fetch(HITS + "where h.judged_at is null and h.profile_id = 0 limit ?", limit))
        .map(Verdicts::hit);
  }

  /** When the oldest hit came that names somebody, has no verdict, and came until then. */
  public Optional<Instant> oldestUnjudged(Instant until) {
    return database.once(
        "look for hits",
        db ->
            Optional.ofNullable(
                    db.fetchSingle(
                            "select min(at) from hit"
                                + " where judged_at is null and profile_id > 0 and at <= ?::timestamptz",
                            time(until))
                        .get(0, OffsetDateTime.class))
                .map(Verdicts::instant));
  }

  /**
   * Hands over all hits of a time, judged or not, in the order in which they came.
   *
   * @param after later than this
   * @param until not later than this
   */
  public void read(Instant after, Instant until, Consumer<StoredHit> hits) {
    database.transact(
        "read hits",
        db -> {
          try (Cursor<Record> rows =
              db.resultQuery(
                      HITS
                          + "where h.day between ?::date and ?::date"
                          + " and h.at > ?::timestamptz and h.at <= ?::timestamptz"
                          + " order by h.at, h.id",
                      day(after),
                      day(until),
                      time(after),
                      time(until))
                  .fetchSize(AT_ONCE)
                  .fetchLazy()) {
            for (Record row : rows) {
              hits.accept(hit(row));
            }
          }
          return null;
        });
  }

  /**
   * Gives hits their verdicts. One that has a verdict keeps it.
   *
   * @param rules version of the rules
   * @return what has got its verdict now
   */
  public List<VerdictCount> record(List<HitVerdict> verdicts, int rules) {
    makeRoom(verdicts);
    return database.transact("record verdicts", db -> record(db, verdicts, rules));
  }

  /**
   * The same, and says how far hits are judged.
   *
   * @param from how far they were
   * @return empty when somebody else has gone on from there: then nothing was recorded
   */
  public Optional<List<VerdictCount>> record(
      List<HitVerdict> verdicts, int rules, Instant from, Instant to) {
    makeRoom(verdicts);
    return database.transact(
        "record verdicts",
        db ->
            db.execute(
                        "update hit_mark set judged_to = ?::timestamptz"
                            + " where judged_to = ?::timestamptz",
                        time(to),
                        time(from))
                    == 0
                ? Optional.empty()
                : Optional.of(record(db, verdicts, rules)));
  }

  private void makeRoom(List<HitVerdict> verdicts) {
    EventPartitions.cover(
        database, verdicts.stream().map(one -> YearMonth.from(one.day())).distinct().toList());
  }

  private static List<VerdictCount> record(DSLContext db, List<HitVerdict> verdicts, int rules) {
    if (verdicts.isEmpty()) {
      return List.of();
    }
    db.execute(IN_TURN);
    return db.fetch(RECORD, binds(verdicts, rules))
        .map(
            row ->
                new VerdictCount(
                    row.get(0, String.class),
                    row.get(1, String.class),
                    HitKind.valueOf(row.get(2, String.class)),
                    row.get(3, String.class),
                    row.get(4, Long.class)));
  }

  /**
   * Gives hits that have a verdict another one, and counts anew what they are counted in.
   *
   * @param rules version of the rules
   */
  public void change(List<HitVerdict> verdicts, int rules) {
    if (verdicts.isEmpty()) {
      return;
    }
    database.transact(
        "change verdicts",
        db -> {
          db.execute(IN_TURN);
          Field<?>[] binds = binds(verdicts, rules);
          db.execute(CHANGE, (Object[]) binds);
          db.execute(FORGET, (Object[]) binds);
          db.execute(COUNT_AGAIN, (Object[]) binds);
          db.execute(UPDATE_EVENTS, (Object[]) binds);
          return null;
        });
  }

  /**
   * Notes that all hits of a time that have a verdict have it by newer rules too: after those that
   * differ were changed. One transaction for each day.
   *
   * @param after later than this
   * @param until not later than this
   * @param rules version of the rules
   */
  public void confirm(Instant after, Instant until, int rules) {
    for (LocalDate day = day(after); !day.isAfter(day(until)); day = day.plusDays(1)) {
      Object[] binds = {
        DSL.inline(rules), DSL.val(day), DSL.val(time(after)), DSL.val(time(until))
      };
      database.transact(
          "confirm verdicts",
          db -> {
            db.execute(IN_TURN);
            if (db.execute(CONFIRM, binds) > 0) {
              db.execute(CONFIRM_COUNTS, binds);
            }
            return null;
          });
    }
  }

  private static Field<?>[] binds(List<HitVerdict> verdicts, int rules) {
    return new Field<?>[] {
      DSL.val(column(verdicts, HitVerdict::day, LocalDate[]::new)),
      DSL.val(column(verdicts, HitVerdict::id, UUID[]::new)),
      DSL.val(column(verdicts, HitVerdict::verdict, String[]::new)),
      DSL.val(column(verdicts, HitVerdict::reason, String[]::new)),
      DSL.val(rules)
    };
  }

  private static <T> T[] column(
      List<HitVerdict> verdicts, Function<HitVerdict, T> value, IntFunction<T[]> array) {
    return verdicts.stream().map(value).toArray(array);
  }

  private static StoredHit hit(Record row) {
    OffsetDateTime sent = row.get(11, OffsetDateTime.class);
    return new StoredHit(
        row.get(0, UUID.class),
        row.get(1, LocalDate.class),
        instant(row.get(2, OffsetDateTime.class)),
        HitKind.valueOf(row.get(3, String.class)),
        row.get(4, Long.class),
        row.get(5, Long.class),
        row.get(6, Integer.class),
        row.get(7, String.class),
        row.get(8, Boolean.class),
        row.get(9, String.class),
        row.get(10, String.class),
        sent == null ? null : instant(sent),
        row.get(12, String.class),
        row.get(13, Integer.class));
  }

  private static Instant instant(OffsetDateTime time) {
    return time.toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
