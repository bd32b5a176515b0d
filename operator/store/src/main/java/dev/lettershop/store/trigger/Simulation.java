package dev.lettershop.store.trigger;

import dev.lettershop.store.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * Who would have got a triggered mail in the past, by the statement that decides about real ones;
 * nothing of it stays. Profiles, segments and consents are those of now.
 */
final class Simulation {
  private static final int BATCH = 5000;

  private final Database database;

  Simulation(Database database) {
    this.database = database;
  }

  /**
   * @param since how far back events are looked at
   * @param listed the most single people to name
   */
  SimulationResult run(
      String namespace,
      Trigger.Kind kind,
      String source,
      AdmissionRequest request,
      Duration since,
      int listed) {
    return database.transact(
        "simulate a trigger",
        db -> {
          db.execute("savepoint nothing");
          Trigger trigger = trigger(db, namespace, kind, source);
          enter(db, trigger, since);
          Admission admission = new Admission(database, trigger, request, true);
          while (admission.decide(db, BATCH).end() == Admitted.End.More) {
            // The next of those who did it several times.
          }
          SimulationResult simulated = read(db, trigger, request.terms().delay(), listed);
          db.execute("rollback to savepoint nothing");
          return simulated;
        });
  }

  private static Trigger trigger(
      DSLContext db, String namespace, Trigger.Kind kind, String source) {
    String campaign = "simulation/" + UUID.randomUUID();
    int id =
        db.fetchSingle(
                """
                insert into campaign_trigger (namespace, campaign, kind, source)
                values (?, ?, ?, ?) returning id
                """,
                namespace,
                campaign,
                kind.key(),
                source)
            .get(0, Integer.class);
    return new Trigger(id, namespace, campaign, kind, source, Instant.EPOCH);
  }

  private static void enter(DSLContext db, Trigger trigger, Duration since) {
    if (trigger.kind() == Trigger.Kind.Event) {
      db.execute(
          """
          insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at, properties)
          select profile_id, ?, id, occurred_at, properties from event
          where name = ? and occurred_at >= now() - make_interval(secs => ?)
          on conflict do nothing
          """,
          trigger.id(),
          trigger.source(),
          (double) since.toSeconds());
      return;
    }
    db.execute(
        """
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at)
        select m.profile_id, ?, 'entered/' || extract(epoch from m.entered_at), m.entered_at
        from segment s join (
          select segment_id, profile_id, entered_at from membership union all
          select segment_id, profile_id, entered_at from membership_history) m on m.segment_id = s.id
        where s.namespace = ? and s.name = ?
          and m.entered_at >= now() - make_interval(secs => ?)
        on conflict do nothing
        """,
        trigger.id(),
        trigger.namespace(),
        trigger.source(),
        (double) since.toSeconds());
  }

  private static SimulationResult read(DSLContext db, Trigger trigger, Duration delay, int listed) {
    Map<String, Long> outcomes = new TreeMap<>();
    db.fetch(
            """
            select coalesce(outcome, 'waiting'), count(*) from trigger_entry
            where trigger_id = ? group by 1
            """,
            trigger.id())
        .forEach(row -> outcomes.put(row.get(0, String.class), row.get(1, Long.class)));
    List<SimulationResult.Person> people =
        db.fetch(
                """
                select profile_id, event_id, triggered_at, coalesce(outcome, 'waiting')
                from trigger_entry where trigger_id = ?
                order by triggered_at desc, profile_id limit ?
                """,
                trigger.id(),
                listed)
            .map(
                row -> {
                  Instant at = row.get(2, OffsetDateTime.class).toInstant();
                  return new SimulationResult.Person(
                      row.get(0, Long.class),
                      row.get(1, String.class),
                      at,
                      at.plus(delay),
                      row.get(3, String.class));
                });
    return new SimulationResult(outcomes, people);
  }
}
