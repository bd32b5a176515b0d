package dev.lettershop.store.load;

import org.jooq.DSLContext;

/**
 * People whom an event or a consent names before any source of profiles did: each gets a profile
 * with nothing but that identity, so that the order in which sources are read does not matter.
 */
final class Strangers {

  private final DSLContext db;
  private final String kind;

  Strangers(DSLContext db, String kind) {
    this.db = db;
    this.kind = kind;
  }

  /**
   * Makes a profile for every {@code ident} in {@code load_stage} that nobody has; says how many.
   */
  long welcome() {
    db.execute(
        """
        create temp table load_stranger on commit drop as
        select ident, nextval('profile_id_seq') as id
        from (
          select distinct s.ident from load_stage s
          where not exists (select from identity i where i.kind = ? and i.value = s.ident)
          order by 1) s
        """,
        kind);
    String email = kind.equals("email") ? "ident, ident" : "null, null";
    long strangers =
        db.execute(
            "insert into profile (id, email, email_key) select id, "
                + email
                + " from load_stranger");
    db.execute(
        "insert into identity (kind, value, profile_id) select ?, ident, id from load_stranger",
        kind);
    return strangers;
  }
}
