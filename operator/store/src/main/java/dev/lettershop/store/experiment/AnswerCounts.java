package dev.lettershop.store.experiment;

import java.util.List;
import org.jooq.DSLContext;

/** Counts what the people of a run did. */
final class AnswerCounts {
  private static final String COUNT =
      """
      with who as materialized (
        select d.profile_id, coalesce(d.variant, '') as variant, d.state = 'skipped' as held,
               d.state = 'sent' as sent,
               case when x.waiting > 0 and d.updated_at >= x.decided_at then 2 else 1 end as wave,
               case when r.trigger_id is null then r.frozen_at
                    else (select min(t.decided_at) from trigger_entry t
                          where t.profile_id = d.profile_id and t.trigger_id = r.trigger_id
                            and t.run_id = d.run_id) end as since
        from run r join delivery d on d.run_id = r.id
        left join experiment x on x.run_id = d.run_id
        where d.run_id = {0}
          and (d.state <> 'skipped' or d.reason = 'holdout')
          and (d.state <> 'planned' or d.next_attempt_at is distinct from 'infinity')),
      did as (
        select profile_id, bool_or(kind = 'Open') as opened, bool_or(kind = 'Click') as clicked
        from engagement
        where run_id = {0} and profile_id > 0 and verdict in ('Human', 'Proxy') group by 1),
      reached as (
        select e.profile_id,
               sum(case when jsonb_typeof(e.properties -> r.goal_value) = 'number'
                        then (e.properties ->> r.goal_value)::double precision end) as value
        from run r
        join event e on e.name = r.goal_event and e.occurred_at > r.frozen_at
        join who w on w.profile_id = e.profile_id and e.occurred_at > w.since
          and e.occurred_at <= w.since + make_interval(secs => r.goal_seconds)
        where r.id = {0} group by 1),
      each as materialized (
        select w.*, coalesce(d.opened, false) as opened, coalesce(d.clicked, false) as clicked,
               g.profile_id is not null as converted, coalesce(g.value, 0) as value
        from who w left join did d using (profile_id) left join reached g using (profile_id)),
      most as (
        select percentile_disc(0.999) within group (order by value) as value
        from each where sent or held)
      select variant, held, case when held then 1 else wave end, count(*),
             count(*) filter (where sent),
             count(*) filter (where sent and opened),
             count(*) filter (where sent and clicked),
             count(*) filter (where (sent or held) and converted),
             coalesce(sum(least(e.value, m.value)) filter (where sent or held), 0),
             coalesce(sum(least(e.value, m.value) ^ 2) filter (where sent or held), 0)
      from each e cross join most m
      group by 1, 2, 3 order by 2, 3, 1
      """;

  private AnswerCounts() {}

  static List<GroupAnswers> of(DSLContext db, long runId) {
    return db.resultQuery(COUNT, runId)
        .fetch(
            row ->
                new GroupAnswers(
                    row.get(0, String.class),
                    row.get(1, Boolean.class),
                    row.get(2, Integer.class),
                    row.get(3, Long.class),
                    row.get(4, Long.class),
                    row.get(5, Long.class),
                    row.get(6, Long.class),
                    row.get(7, Long.class),
                    row.get(8, Double.class),
                    row.get(9, Double.class)));
  }
}
