package dev.lettershop.store.load.consent;

import dev.lettershop.store.load.profile.StagedIdentity;
import org.jooq.DSLContext;

/**
 * People whom an event or a consent names before any source of profiles did: each gets a profile
 * with nothing but that identity, so that the order in which sources are read does not matter.
 */
public final class PlaceholderProfiles {

  private final DSLContext db;
  private final StagedIdentity staged;

  public PlaceholderProfiles(DSLContext db, StagedIdentity staged) {
    this.db = db;
    this.staged = staged;
  }

  /**
   * Makes a profile for every {@code ident} in {@code load_stage} that nobody has; says how many.
   */
  public long welcome() {
    return welcome("true");
  }

  /**
   * The same for some of the rows.
   *
   * @param which rows of {@code load_stage s}
   */
  public long welcome(String which) {
    String sealed = staged.sealed() ? "email, lock, wrapped, " : "";
    db.execute(
        """
        create temp table load_stranger on commit drop as
        select ident, %1$s nextval('profile_id_seq') as id
        from (
          select distinct on (s.ident) s.ident, %1$s s.seq from load_stage s
          where %2$s
            and not exists (select from identity i where i.kind = ? and i.value = s.ident)
          order by s.ident, s.seq) s
        """
            .formatted(sealed, which),
        staged.kind());
    String email = staged.kind().equals("email") ? "ident" : "null";
    long strangers =
        db.execute(
            "insert into profile (id, email, email_key) select id, "
                + (staged.sealed() ? "email" : email)
                + ", "
                + email
                + " from load_stranger");
    if (staged.sealed()) {
      db.execute(
          "insert into person_key (profile_id, lock, wrapped) select id, lock, wrapped"
              + " from load_stranger");
    }
    db.execute(
        "insert into identity (kind, value, profile_id) select ?, ident, id from load_stranger",
        staged.kind());
    if (staged.kind().equals(StagedIdentity.VISITOR)) {
      db.execute("insert into visitor (profile_id) select id from load_stranger");
    }
    return strangers;
  }
}
