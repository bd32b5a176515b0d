package dev.lettershop.store.load;

import org.jooq.DSLContext;

/**
 * What counts of all that was said about consent: for each profile and topic the latest; of two at
 * the same moment the stricter one.
 */
final class ConsentStates {

  private ConsentStates() {}

  /**
   * Works the states of some profiles out anew.
   *
   * @param profiles a query for their ids; nothing from outside may stand in it
   */
  static void rebuild(DSLContext db, String profiles) {
    db.execute(
        """
        insert into consent_state as s (profile_id, topic, status, occurred_at)
        select distinct on (c.profile_id, c.topic) c.profile_id, c.topic, c.status, c.occurred_at
        from consent c
        where c.profile_id in (%s)
        order by c.profile_id, c.topic, c.occurred_at desc,
          array_position(array['Withdrawn', 'Denied', 'Pending', 'Granted'], c.status)
        on conflict (profile_id, topic) do update
          set status = excluded.status, occurred_at = excluded.occurred_at
          where (s.status, s.occurred_at) is distinct from (excluded.status, excluded.occurred_at)
        """
            .formatted(profiles));
  }
}
