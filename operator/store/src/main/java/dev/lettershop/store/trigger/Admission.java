package dev.lettershop.store.trigger;

import dev.lettershop.store.audience.AudienceFreezer;
import dev.lettershop.store.audience.GoalTerms;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.ProfileMergeLock;
import dev.lettershop.store.pace.ContactPolicy;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Decides about those who are due: who gets the mail has a planned row in the ledger afterwards,
 * everybody else a skipped one with the reason. One process at a time does it for a trigger.
 */
final class Admission {
  /** The outcome of those who get the mail. */
  static final String PLANNED = "planned";

  /** No sender's clock, and no mail's way, matters more than this. */
  private static final Duration OPEN_LONGER = Duration.ofMinutes(1);

  private static final int HASH_DIGITS = 8;
  private static final String HASH_PREFIX = "sha256:";

  private final Database database;
  private final Trigger trigger;
  private final AdmissionRequest request;
  private final boolean simulated;

  Admission(Database database, Trigger trigger, AdmissionRequest request) {
    this(database, trigger, request, false);
  }

  /**
   * @param simulated whether it is as if everybody had been decided about when they were due
   */
  Admission(Database database, Trigger trigger, AdmissionRequest request, boolean simulated) {
    this.simulated = simulated;
    this.database = database;
    this.trigger = trigger;
    this.request = request;
  }

  /** One round over at most {@code limit} entries. */
  Admitted round(int limit) {
    return database.transact(
        "decide who gets " + trigger.namespace() + "/" + trigger.campaign(),
        db -> {
          boolean mine =
              db.fetchSingle(
                      "select pg_try_advisory_xact_lock(hashtextextended(?, 0))",
                      "lettershop/trigger/" + trigger.namespace() + "/" + trigger.campaign())
                  .get(0, Boolean.class);
          return mine ? decide(db, limit) : Admitted.nobody(Admitted.End.Busy);
        });
  }

  Admitted decide(DSLContext db, int limit) {
    // Few people are looked up by their keys, whatever the statistics say that there is.
    db.fetch("select set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true)");
    db.execute(ProfileMergeLock.SHARED);
    OffsetDateTime now = db.fetchSingle("select clock_timestamp()").get(0, OffsetDateTime.class);
    long left = leftThisHour(db, now);
    if (left == 0) {
      return Admitted.nobody(Admitted.End.Full);
    }
    OffsetDateTime known = simulated || request.terms().unless() == null ? now : known(db, now);
    List<Long> runs = runs(db, now);
    int most = (int) Math.min(limit, left);
    Map<String, Long> outcomes = new TreeMap<>();
    double slowest = 0;
    long due = 0;
    long withoutRun = 0;
    for (Record row :
        db.fetch(
            new AdmissionSql(trigger, request, database.vault(), now, simulated)
                .decide(runs.toArray(Long[]::new), known, most))) {
      due = row.get(3, Long.class);
      withoutRun = row.get(4, Long.class);
      if (row.get(0) != null) {
        outcomes.put(row.get(0, String.class), row.get(1, Long.class));
        slowest = PLANNED.equals(row.get(0)) ? row.get(2, Double.class) : slowest;
      }
    }
    if (withoutRun > 0) {
      begin(db, now, runs.size() + 1);
    }
    long decided = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return new Admitted(
        due >= most || decided < due ? Admitted.End.More : Admitted.End.Done,
        outcomes,
        Duration.ofMillis((long) (Math.max(0, slowest) * 1000)));
  }

  private long leftThisHour(DSLContext db, OffsetDateTime now) {
    Long most = request.audience().maxRecipients();
    if (most == null) {
      return Long.MAX_VALUE;
    }
    long planned =
        db.fetchSingle(
                """
                select coalesce(sum(people), 0) from trigger_tally
                where trigger_id = ? and hour = date_trunc('hour', ?::timestamptz) and outcome = ?
                """,
                trigger.id(),
                now,
                PLANNED)
            .get(0, Long.class);
    return Math.max(0, most - planned);
  }

  /** Up to when everything that cancels is known: as far as every source has been read. */
  private OffsetDateTime known(DSLContext db, OffsetDateTime now) {
    return db.fetchSingle(
            """
            select least(?::timestamptz,
              (select min(received_at) from intake),
              (select min(coalesce(r.read_at, '0001-01-01Z'))
               from unnest(?::text[]) s left join source_read r on r.source = s))
            """,
            now,
            request.terms().unless().sources().toArray(String[]::new))
        .get(0, OffsetDateTime.class);
  }

  /** The runs of today and the present plan, in their order; there is at least one afterwards. */
  private List<Long> runs(DSLContext db, OffsetDateTime now) {
    String names = name(now);
    List<Long> runs =
        new ArrayList<>(
            db.fetch(
                    """
                    select id from run
                    where namespace = ? and campaign = ? and trigger_id = ?
                      and (name = ? or name like ? || '-%') and state = 'Frozen' order by nth
                    """,
                    trigger.namespace(), trigger.campaign(), trigger.id(), names, names)
                .map(row -> row.get(0, Long.class)));
    if (runs.isEmpty()) {
      runs.add(begin(db, now, 1));
    }
    return runs;
  }

  private String name(OffsetDateTime now) {
    String hash = request.run().planHash();
    String digits = hash.startsWith(HASH_PREFIX) ? hash.substring(HASH_PREFIX.length()) : hash;
    return "trg-"
        + DateTimeFormatter.BASIC_ISO_DATE.format(
            now.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate())
        + "-"
        + digits.substring(0, Math.min(HASH_DIGITS, digits.length()));
  }

  private long begin(DSLContext db, OffsetDateTime now, int nth) {
    ContactPolicy politeness = request.audience().politeness();
    ContactPolicy.Cap cap = politeness.cap();
    ContactPolicy.Quiet quiet = politeness.quiet();
    TriggerTerms.Unless unless = request.terms().unless();
    GoalTerms goal = request.audience().goal();
    OffsetDateTime tomorrow =
        now.withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay()
            .atOffset(ZoneOffset.UTC);
    db.execute("select make_delivery_partition()");
    long run =
        db.fetchSingle(
                """
            insert into run (namespace, campaign, name, plan_hash, plan, dry_run, test, on_uncertain,
              max_attempts, state, topic, opt_in, frozen_at, priority, cap_messages, cap_seconds,
              quiet_from, quiet_to, default_zone, trigger_id, open_until, nth, unless_event,
              unless_matching, unless_seconds, opens_topic, goal_event, goal_seconds, goal_value)
            values (?, ?, ?, ?, ?, false, false, ?, ?, 'Frozen', ?, ?, now(), ?, ?, ?,
              ?::time, ?::time, ?, ?, ?::timestamptz, ?, ?, ?::text[], ?::double precision, ?,
              ?, ?, ?) returning id
            """,
                trigger.namespace(),
                trigger.campaign(),
                name(now) + (nth == 1 ? "" : "-" + nth),
                request.run().planHash(),
                request.run().planJson(),
                request.run().onUncertain().name(),
                request.run().maxAttempts(),
                request.audience().topic(),
                request.audience().optIn().name(),
                politeness.priority(),
                cap == null ? null : cap.messages(),
                cap == null ? null : cap.per().toSeconds(),
                quiet == null ? null : quiet.from(),
                quiet == null ? null : quiet.to(),
                politeness.defaultZone(),
                trigger.id(),
                tomorrow.plus(OPEN_LONGER),
                nth,
                unless == null ? null : unless.event(),
                unless == null ? null : unless.matching().toArray(String[]::new),
                unless == null ? null : (double) unless.since().toSeconds(),
                request.audience().opensTopic(),
                goal == null ? null : goal.event(),
                goal == null ? null : goal.within().toSeconds(),
                goal == null ? null : goal.value())
            .get(0, Long.class);
    AudienceFreezer.links(db, run, request.audience());
    return run;
  }
}
