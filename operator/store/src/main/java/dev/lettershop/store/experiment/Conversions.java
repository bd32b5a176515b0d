package dev.lettershop.store.experiment;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.ledger.Run;
import java.util.List;

/**
 * What mails led to. Each time that somebody does what goals ask for is credited to one mail: the
 * last one whose link a person had clicked in the goal's time before, or else the last one received
 * in it. Derived from events, deliveries and engagement; doing it again changes nothing.
 * Thread-safe.
 */
public final class Conversions {
  /** Events may be stored late, and verdicts on clicks come late. */
  private static final String LATE = "interval '7 days'";

  private static final String ATTRIBUTE =
      """
      with goals as materialized (
        select id, campaign, name, goal_event, goal_value, frozen_at,
               make_interval(secs => goal_seconds) as within,
               coalesce(open_until, frozen_at) + make_interval(secs => goal_seconds) as until
        from run
        where goal_event is not null and frozen_at is not null and purged_at is null
          and not dry_run and not test
          and (coalesce(open_until, frozen_at) + make_interval(secs => goal_seconds) > now() - %1$s
               or state = 'Frozen')),
      happened as materialized (
        select e.profile_id, e.name, e.occurred_at, e.id, e.properties
        from (select goal_event, min(frozen_at) as since from goals group by 1) g
        join event e on e.name = g.goal_event and e.occurred_at > g.since),
      claims as (
        select h.profile_id, h.id as event_id, h.occurred_at, g.id as run_id, d.updated_at as sent_at,
               c.clicked_at, h.occurred_at - d.updated_at <= g.within as received,
               case when jsonb_typeof(h.properties -> g.goal_value) = 'number'
                    then (h.properties ->> g.goal_value)::double precision end as value
        from happened h
        join goals g on g.goal_event = h.name and h.occurred_at > g.frozen_at
        join delivery d on d.run_id = g.id and d.profile_id = h.profile_id and d.state = 'sent'
          and d.updated_at < h.occurred_at
        cross join lateral (
          select max(n.first_at) as clicked_at from engagement n
          where n.profile_id = h.profile_id and n.run_id = g.id and n.kind = 'Click'
            and n.verdict in ('Human', 'Proxy')
            and n.first_at <= h.occurred_at and n.first_at >= h.occurred_at - g.within) c
        where c.clicked_at is not null or h.occurred_at - d.updated_at <= g.within),
      credited as (
        select distinct on (profile_id, event_id)
          profile_id, event_id, occurred_at, run_id, value,
          case when clicked_at is null then 'Receipt' else 'Click' end as attribution
        from claims order by profile_id, event_id, clicked_at desc nulls last, sent_at desc, run_id),
      written as (
        insert into conversion as x (profile_id, run_id, event_id, occurred_at, attribution, value)
        select profile_id, run_id, event_id, occurred_at, attribution, value from credited
        on conflict (profile_id, event_id) do update
          set run_id = excluded.run_id, occurred_at = excluded.occurred_at,
              attribution = excluded.attribution, value = excluded.value
          where (x.run_id, x.occurred_at, x.attribution, x.value)
            is distinct from
            (excluded.run_id, excluded.occurred_at, excluded.attribution, excluded.value)
        returning x.profile_id, x.run_id, x.event_id, x.occurred_at, x.attribution, x.value),
      told as (
        insert into event (profile_id, name, occurred_at, id, properties)
        select w.profile_id, 'email_converted', w.occurred_at, 'conversion/' || w.event_id,
          jsonb_strip_nulls(jsonb_build_object('campaign', r.campaign, 'run', r.name,
            'attribution', w.attribution, 'value', w.value))
        from written w join run r on r.id = w.run_id
        on conflict (profile_id, name, occurred_at, id) do update
          set properties = excluded.properties)
      select count(*) from written
      """
          .formatted(LATE);

  private final Database database;

  public Conversions(Database database) {
    this.database = database;
  }

  /**
   * Credits what has happened since. Others who do the same wait for it.
   *
   * @return how many conversions are new, or are credited otherwise than before
   */
  public long update() {
    return database.transact(
        "credit conversions",
        db -> {
          db.execute("select pg_advisory_xact_lock(hashtextextended('lettershop/conversion', 0))");
          return db.fetchSingle(ATTRIBUTE).get(0, Long.class);
        });
  }

  /** What is credited to a run, by how; at most one of each. */
  public List<Attributed> of(Run run) {
    return database.transact(
        "read the conversions of " + run.key(),
        db ->
            db.fetch(
                    """
                    select attribution, count(distinct profile_id), count(*), coalesce(sum(value), 0)
                    from conversion where run_id = ? group by 1 order by 1
                    """,
                    run.id())
                .map(
                    row ->
                        new Attributed(
                            row.get(0, String.class),
                            row.get(1, Long.class),
                            row.get(2, Long.class),
                            row.get(3, Double.class))));
  }
}
