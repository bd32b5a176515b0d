package dev.lettershop.store.load.event;

import dev.lettershop.store.consent.ConsentStates;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.CopyRows;
import dev.lettershop.store.load.LoadSession;
import dev.lettershop.store.load.consent.PlaceholderProfiles;
import dev.lettershop.store.load.profile.DependentRows;
import dev.lettershop.store.load.profile.StagedIdentity;
import org.jooq.DSLContext;

/**
 * Links anonymous ids to users, in one transaction. The first user that an anonymous id is linked
 * to keeps it, so that a shared device never makes two users one; what the id did before becomes
 * the user's. Not thread-safe; closing without {@link #commit()} changes nothing.
 */
public final class VisitorLinkLoad implements AutoCloseable {

  /** Kind of identity of somebody of whom nothing else is known. */
  public static final String VISITOR = StagedIdentity.VISITOR;

  /**
   * Profiles that nothing is known of but the one anonymous id, and the users whom they turn out to
   * be.
   */
  private static final String FIND_MERGES =
      """
      create temp table load_merge on commit drop as
      select distinct on (a.profile_id) a.profile_id as loser, p.user_id as survivor
      from load_pair p
      join identity a on a.kind = ? and a.value = p.visitor
      join visitor v on v.profile_id = a.profile_id
      join profile f on f.id = a.profile_id and f._origin is null and f.email_key is null
      where a.profile_id <> p.user_id
        and not exists (select from contribution c where c.profile_id = a.profile_id)
      """;

  private final StagedIdentity staged;
  private final LoadSession session;

  /**
   * @param source name of the source, for quarantine
   * @param identityKey kind of the users' identity values
   */
  public VisitorLinkLoad(Database database, String source, String identityKey) {
    this.staged = new StagedIdentity(database.vault(), identityKey);
    this.session =
        new LoadSession(
            database,
            source,
            Continuation.Onwards,
            staged.definitions() + "visitor text collate \"C\"");
  }

  /** Takes one link; one that names nobody goes to quarantine. */
  public void add(VisitorLink link) {
    CopyRows row = session.row();
    staged.write(row, link.user(), "link");
    if (link.visitor().length() > LoadSession.MAX_IDENTITY) {
      row.fail(VISITOR, "is longer than " + LoadSession.MAX_IDENTITY + " characters");
    }
    row.string("visitor", link.visitor());
    session.endRow(link.position());
  }

  /**
   * Makes the links count.
   *
   * @return how many profiles became part of another one
   */
  public long commit() {
    session.startMerging();
    long merged =
        session.guarded(
            () -> {
              session.lockIdentities();
              new PlaceholderProfiles(session.db(), staged).welcome();
              return link(session.db());
            });
    session.commit();
    return merged;
  }

  private long link(DSLContext db) {
    db.execute(
        """
        create temp table load_pair on commit drop as
        select distinct on (s.visitor) s.visitor, u.profile_id as user_id
        from load_stage s join identity u on u.kind = ? and u.value = s.ident
        order by s.visitor, s.seq
        """,
        staged.kind());
    db.execute("analyze load_pair");
    db.execute(FIND_MERGES, VISITOR);
    db.execute(
        """
        insert into identity (kind, value, profile_id) select ?, visitor, user_id from load_pair
        on conflict do nothing
        """,
        VISITOR);
    long merged = db.fetchSingle("select count(*) from load_merge").get(0, Long.class);
    if (merged > 0) {
      merge(db);
    }
    return merged;
  }

  /**
   * A visitor has no address, so that no mail is on its way, and no attributes: events are nearly
   * all there is to move.
   */
  private static void merge(DSLContext db) {
    db.execute("analyze load_merge");
    db.execute(
        """
        update identity i set profile_id = p.user_id
        from load_pair p join load_merge m on m.survivor = p.user_id
        where i.kind = ? and i.value = p.visitor and i.profile_id = m.loser
        """,
        VISITOR);
    DependentRows.move(db);
    ConsentStates.rebuild(db, "select survivor from load_merge");
    db.execute(
        """
            update profile p set created_at = least(p.created_at, l.created_at)
            from (select m.survivor, min(v.created_at) as created_at
                  from load_merge m join profile v on v.id = m.loser group by 1) l
            where p.id = l.survivor and l.created_at < p.created_at
            """);
    db.execute("delete from profile p using load_merge m where p.id = m.loser");
  }

  @Override
  public void close() {
    session.close();
  }
}
