package dev.lettershop.store.consent;

import org.jooq.DSLContext;

/**
 * What counts of all that was said about consent: for each profile and topic the latest; of two at
 * the same moment the stricter one. A refusal is of the address too, so that it counts for other
 * profiles with that address.
 */
public final class ConsentStates {

  private static final String STATES =
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
      """;

  private static final String ENDED =
      """
      delete from opt_out o using consent_state s
      where s.profile_id = o.profile_id and s.topic = o.topic
        and s.status not in ('Denied', 'Withdrawn') and o.profile_id in (%s)
      """;

  private static final String REFUSED =
      """
      insert into opt_out as o (profile_id, topic, email_key, occurred_at)
      select s.profile_id, s.topic, p.email_key, s.occurred_at
      from consent_state s join profile p on p.id = s.profile_id
      where s.status in ('Denied', 'Withdrawn') and p.email_key is not null
        and s.profile_id in (%s)
      on conflict (profile_id, topic, email_key) do update set occurred_at = excluded.occurred_at
        where o.occurred_at <> excluded.occurred_at
      """;

  private static final String NAMED =
      """
      insert into opt_out as o (profile_id, topic, email_key, occurred_at)
      select n.profile_id, n.topic, n.email_key, max(n.occurred_at)
      from (%s) n
      join consent_state s on s.profile_id = n.profile_id and s.topic = n.topic
        and s.status in ('Denied', 'Withdrawn')
      where n.status in ('Denied', 'Withdrawn')
      group by 1, 2, 3
      on conflict (profile_id, topic, email_key) do update set occurred_at = excluded.occurred_at
        where o.occurred_at < excluded.occurred_at
      """;

  private ConsentStates() {}

  /**
   * Works the states of some profiles out anew, and which addresses they refuse mail for.
   *
   * @param db within a transaction that keeps the addresses of these profiles from changing
   * @param profiles a query for their ids; nothing from outside may stand in it
   */
  public static void rebuild(DSLContext db, String profiles) {
    db.execute(STATES.formatted(profiles));
    db.execute(ENDED.formatted(profiles));
    db.execute(REFUSED.formatted(profiles));
  }

  /**
   * Adds addresses that refusals have named, which need not be those that the profiles have. Comes
   * after {@link #rebuild}.
   *
   * @param statements a query for {@code profile_id, topic, email_key, status, occurred_at};
   *     nothing from outside may stand in it
   */
  public static void addNamed(DSLContext db, String statements) {
    db.execute(NAMED.formatted(statements));
  }
}
