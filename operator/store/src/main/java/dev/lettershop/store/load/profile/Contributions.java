package dev.lettershop.store.load.profile;

import org.jooq.DSLContext;

/**
 * What each record of each source says about the people whom several records know. A profile is
 * what these make together: of every attribute the value whose source has the highest precedence,
 * of these the one of the record changed last, then by the source's name, then the one read last.
 * None of it depends on the order in which sources arrive.
 */
final class Contributions {

  private Contributions() {}

  /**
   * Keeps what profiles were made of by one record, so that another record can be laid beside it.
   *
   * @param profiles a query for ids; nothing from outside may stand in it
   */
  static void open(DSLContext db, String profiles) {
    db.execute(
        """
        insert into contribution (profile_id, origin, key, as_of, read, attributes, extra)
        select p.id, p._origin, p._key, p._as_of, p._read,
          jsonb_strip_nulls(to_jsonb(p)
            - array['id', 'email_key', 'created_at', 'updated_at', 'extra',
                    '_origin', '_key', '_as_of', '_read']
            || case when p.email is null then '{}'::jsonb
                    else jsonb_build_object('email_key', coalesce(p.email_key, '')) end),
          p.extra
        from profile p where p._origin is not null and p.id in (%s)
        on conflict do nothing
        """
            .formatted(profiles));
    db.execute(
        """
        update profile set _origin = null, _key = null, _as_of = null, _read = null
        where _origin is not null and id in (%s)
        """
            .formatted(profiles));
  }

  /**
   * A query that lays the contributions of each profile over each other: {@code profile_id}, {@code
   * attributes}, {@code extra}.
   *
   * @param profiles a query for ids; nothing from outside may stand in it
   */
  static String folded(String profiles) {
    return """
        select c.profile_id,
          merged_json(c.attributes order by o.precedence, c.as_of nulls first, o.source, c.read)
            as attributes,
          merged_json(c.extra order by o.precedence, c.as_of nulls first, o.source, c.read) as extra
        from contribution c join origin o on o.id = c.origin
        where c.profile_id in (%s)
        group by c.profile_id
        """
        .formatted(profiles);
  }
}
