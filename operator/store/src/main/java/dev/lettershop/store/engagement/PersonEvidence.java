package dev.lettershop.store.engagement;

import dev.lettershop.store.database.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * What only a person does, soon after a click that was taken for a scanner's: what the campaign's
 * goal asks for, or a choice on the preference page. Thread-safe.
 */
public final class PersonEvidence {
  private static final String CLICKS =
      """
      with proof as (
        select e.profile_id, e.occurred_at as at, g.goal_event as goal
        from (select distinct goal_event from run
              where goal_event is not null and purged_at is null
                and coalesce(open_until, frozen_at) + make_interval(secs => goal_seconds)
                    > {0}::timestamptz) g
        join event e on e.name = g.goal_event and e.occurred_at > {0}::timestamptz
        union all
        select c.profile_id, c.occurred_at, null from consent c
        where c.recorded_at > {0}::timestamptz and c.source = 'preferences')
      select distinct h.day, h.id
      from proof p
      join hit h on h.profile_id = p.profile_id and h.kind = 'Click' and h.verdict = 'Scanner'
        and h.at <= p.at and h.at > p.at - interval '1 hour'
      join run r on r.id = h.run_id and (p.goal is null or r.goal_event = p.goal)
      order by 1, 2 limit {1}
      """;

  private final Database database;

  public PersonEvidence(Database database) {
    this.database = database;
  }

  /**
   * Clicks that a person is known to have made, and whose verdict says otherwise.
   *
   * @param since of evidence that came later
   * @param limit the most to look for
   * @param verdict that they are to have
   * @param reason of that verdict
   */
  public List<HitVerdict> clicks(Instant since, int limit, String verdict, String reason) {
    return database.once(
        "look for evidence of people",
        db ->
            db.resultQuery(CLICKS, since.atOffset(ZoneOffset.UTC), limit)
                .fetch(
                    row ->
                        new HitVerdict(
                            row.get(0, LocalDate.class), row.get(1, UUID.class), verdict, reason)));
  }
}
