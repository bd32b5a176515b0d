package dev.lettershop.store.load.profile;

import java.util.List;
import org.jooq.DSLContext;

/** What hangs on profiles that become part of others, but for their identities and mails. */
public final class DependentRows {

  /** Moves rows that may exist on both sides: what the survivor has already is dropped. */
  private static final List<String> MOVES =
      List.of(
          // Hits first: a verdict that is being recorded is then of one of the two, with all that
          // follows from it.
          "update hit h set profile_id = m.survivor from load_merge m where h.profile_id = m.loser",
          """
          insert into engagement as e
            (profile_id, run_id, kind, number, day, verdict, reason, rules, first_at, hits)
          select m.survivor, o.run_id, o.kind, o.number, o.day, o.verdict, o.reason, max(o.rules),
            min(o.first_at), sum(o.hits)
          from engagement o join load_merge m on m.loser = o.profile_id
          group by 1, 2, 3, 4, 5, 6, 7
          on conflict (profile_id, run_id, kind, number, day, reason) do update
            set hits = e.hits + excluded.hits, first_at = least(e.first_at, excluded.first_at),
              rules = greatest(e.rules, excluded.rules)
          """,
          "delete from engagement e using load_merge m where e.profile_id = m.loser",
          """
          insert into conversion (profile_id, run_id, event_id, occurred_at, attribution, value)
          select m.survivor, c.run_id, c.event_id, c.occurred_at, c.attribution, c.value
          from conversion c join load_merge m on m.loser = c.profile_id on conflict do nothing
          """,
          "delete from conversion c using load_merge m where c.profile_id = m.loser",
          """
          insert into event (profile_id, name, occurred_at, id, properties)
          select distinct on (m.survivor, e.name, e.id)
            m.survivor, e.name, e.occurred_at, e.id, e.properties
          from event e join load_merge m on m.loser = e.profile_id
          where not exists (
            select from event x
            where x.profile_id = m.survivor and x.name = e.name and x.id = e.id)
          order by m.survivor, e.name, e.id, e.occurred_at desc
          """,
          "delete from event e using load_merge m where e.profile_id = m.loser",
          // Who waits goes on waiting as the survivor, and whoever has had the mail has had it.
          """
          insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at, entered_at,
                                     properties, decided_at, outcome, run_id)
          select distinct on (m.survivor, e.trigger_id, e.event_id)
            m.survivor, e.trigger_id, e.event_id, e.triggered_at, e.entered_at, e.properties,
            e.decided_at, e.outcome, e.run_id
          from trigger_entry e join load_merge m on m.loser = e.profile_id
          order by m.survivor, e.trigger_id, e.event_id, e.decided_at
          on conflict (profile_id, trigger_id, event_id) do update
            set decided_at = excluded.decided_at, outcome = excluded.outcome, run_id = excluded.run_id
            where trigger_entry.decided_at is null
          """,
          "delete from trigger_entry e using load_merge m where e.profile_id = m.loser",
          """
          insert into consent (profile_id, topic, occurred_at, status, source, evidence, recorded_at)
          select m.survivor, c.topic, c.occurred_at, c.status, c.source, c.evidence, c.recorded_at
          from consent c join load_merge m on m.loser = c.profile_id on conflict do nothing
          """,
          "delete from consent c using load_merge m where c.profile_id = m.loser",
          "delete from consent_state c using load_merge m where c.profile_id = m.loser",
          """
          insert into opt_out (profile_id, topic, email_key, occurred_at)
          select m.survivor, o.topic, o.email_key, max(o.occurred_at)
          from opt_out o join load_merge m on m.loser = o.profile_id
          group by 1, 2, 3 on conflict do nothing
          """,
          "delete from opt_out o using load_merge m where o.profile_id = m.loser",
          // Only a refresh adds or removes members. The survivor inherits a membership, and where
          // it has one itself the next refresh finds that the other is gone.
          """
          update membership s set profile_id = o.survivor
          from (
            select s.segment_id, m.survivor, min(m.loser) as loser
            from membership s join load_merge m on m.loser = s.profile_id
            group by s.segment_id, m.survivor) o
          where s.segment_id = o.segment_id and s.profile_id = o.loser
            and not exists (select from membership x
                            where x.segment_id = o.segment_id and x.profile_id = o.survivor)
          """,
          """
          insert into membership_history (segment_id, profile_id, entered_at, left_at)
          select h.segment_id, m.survivor, h.entered_at, h.left_at
          from membership_history h join load_merge m on m.loser = h.profile_id
          on conflict do nothing
          """,
          "delete from membership_history h using load_merge m where h.profile_id = m.loser",
          """
          insert into model_output (profile_id, model, score, cluster, computed_at)
          select m.survivor, o.model, o.score, o.cluster, o.computed_at
          from model_output o join load_merge m on m.loser = o.profile_id
          on conflict do nothing
          """,
          "delete from model_output o using load_merge m where o.profile_id = m.loser",
          """
          insert into recommendation (profile_id, model, items, computed_at)
          select m.survivor, r.model, r.items, r.computed_at
          from recommendation r join load_merge m on m.loser = r.profile_id
          on conflict do nothing
          """,
          "delete from recommendation r using load_merge m where r.profile_id = m.loser",
          """
          insert into person_key (profile_id, lock, wrapped)
          select m.survivor, k.lock, k.wrapped
          from person_key k join load_merge m on m.loser = k.profile_id on conflict do nothing
          """,
          "delete from person_key k using load_merge m where k.profile_id = m.loser",
          """
          insert into contribution (profile_id, origin, key, as_of, read, attributes, extra)
          select m.survivor, c.origin, c.key, c.as_of, c.read, c.attributes, c.extra
          from contribution c join load_merge m on m.loser = c.profile_id
          order by c.profile_id on conflict do nothing
          """,
          "delete from contribution c using load_merge m where c.profile_id = m.loser",
          "delete from visitor v using load_merge m where v.profile_id = m.loser");

  private DependentRows() {}

  /** Moves it from the losers to the survivors of {@code load_merge}. */
  public static void move(DSLContext db) {
    MOVES.forEach(db::execute);
  }
}
