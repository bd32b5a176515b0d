package dev.lettershop.store.load.profile;

import dev.lettershop.store.consent.ConsentStates;
import dev.lettershop.store.database.ProfileMergeLock;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Makes one profile of those that turned out to be one person ({@code load_merge}): the survivor
 * keeps its values and takes those that it lacks, with everything that hangs on the others.
 */
final class ProfileMerge {

  private static final String IDENTITIES =
      "update identity i set profile_id = m.survivor from load_merge m where i.profile_id = m.loser";

  private static final List<String> DELIVERIES =
      List.of(
          // Nobody is mailed twice in a run under way: whoever was reached as one profile is not
          // reached again as another.
          """
          update delivery d set state = 'skipped', reason = 'duplicateAddress',
                 next_attempt_at = null, updated_at = now()
          from load_merge m
          join delivery l on l.profile_id = m.loser
          join run r on r.id = l.run_id and r.state = 'Frozen'
          where d.run_id = l.run_id and d.profile_id = m.survivor
            and d.state in ('planned', 'deferred')
            and l.state in ('claimed', 'sending', 'sent', 'uncertain')
          """,
          // Of the others one open row moves, and the rest are skipped. The state is asked again
          // outside, because a worker may have changed it while this statement waited for the row.
          // A moved row may lie behind the claiming cursors, so it is marked as due.
          """
          update delivery d set profile_id = o.survivor, updated_at = now(),
                 next_attempt_at = coalesce(d.next_attempt_at, now())
          from (
            select d.run_id, m.survivor, min(m.loser) as loser
            from load_merge m join delivery d on d.profile_id = m.loser
            join run r on r.id = d.run_id and r.state = 'Frozen'
            where d.state in ('planned', 'deferred')
            group by d.run_id, m.survivor) o
          where d.run_id = o.run_id and d.profile_id = o.loser
            and d.state in ('planned', 'deferred')
            and not exists (select from load_merge m join delivery x on x.profile_id = m.loser
                            where m.survivor = o.survivor and x.run_id = o.run_id
                              and x.state in ('claimed', 'sending', 'sent', 'uncertain'))
            and not exists (select from delivery s
                            where s.run_id = o.run_id and s.profile_id = o.survivor)
          """,
          """
          update delivery d set state = 'skipped', reason = 'duplicateAddress',
                 next_attempt_at = null, updated_at = now()
          from load_merge m, run r
          where r.state = 'Frozen' and d.run_id = r.id and d.profile_id = m.loser
            and d.state in ('planned', 'deferred')
          """,
          // Frequency caps count by profile, so mail that somebody has had lately moves too.
          """
          update delivery d set profile_id = o.survivor
          from (
            select r.id as run_id, m.survivor, min(m.loser) as loser
            from run r cross join load_merge m
            join delivery d on d.run_id = r.id and d.profile_id = m.loser and d.state = 'sent'
            where r.state in ('Frozen', 'Completed') and not r.dry_run and not r.test
              and r.purged_at is null
              and (r.completed_at is null or r.completed_at > now() - interval '90 days')
            group by 1, 2) o
          where d.run_id = o.run_id and d.profile_id = o.loser
            and not exists (select from delivery s
                            where s.run_id = o.run_id and s.profile_id = o.survivor)
          """);

  private final DSLContext db;
  private final StagedProfiles shape;
  private final String source;
  private final LoadNumbers numbers;
  private long unborn;

  ProfileMerge(DSLContext db, StagedProfiles shape, String source, LoadNumbers numbers) {
    this.db = db;
    this.shape = shape;
    this.source = source;
    this.numbers = numbers;
  }

  /** How many profiles that were there before this load went into another one. */
  long run() {
    long losers = db.fetchSingle("select count(*) from load_merge").get(0, Long.class);
    if (losers == 0) {
      return 0;
    }
    unborn =
        db.fetchSingle("select count(*) from load_merge where loser >= ?", numbers.base())
            .get(0, Long.class);
    db.execute(ProfileMergeLock.EXCLUSIVE);
    db.execute("analyze load_merge");
    Contributions.open(db, "select loser from load_merge union select survivor from load_merge");
    db.execute(IDENTITIES);
    DependentRows.move(db);
    DELIVERIES.forEach(db::execute);
    MergedProfiles.note(db, numbers.base());
    ConsentStates.rebuild(db, "select survivor from load_merge");
    fillGaps();
    db.execute(
        """
        insert into audit (action, actor, profile_id, detail)
        select 'profile.merged', ?, survivor, jsonb_build_object('merged', loser)
        from load_merge where loser < ?
        """,
        "source/" + source,
        numbers.base());
    db.execute("delete from profile p using load_merge m where p.id = m.loser");
    return losers - unborn;
  }

  /** How many of this load's own profiles went into another one: nobody has ever seen these. */
  long unborn() {
    return unborn;
  }

  private void fillGaps() {
    String gaps =
        shape.each(c -> "%1$s = coalesce(p.%1$s, l.%2$s)".formatted(c.target(), c.name()));
    String last =
        shape.each(
            c -> "last_present(p.%1$s order by p.id desc) as %2$s".formatted(c.target(), c.name()));
    db.execute(
        """
        update profile p set %s
          email_key = case when p.email is null then nullif(l.email_key, '') else p.email_key end,
          email = coalesce(p.email, l.email),
          extra = case when l.extra is null then p.extra
                       else l.extra || coalesce(p.extra, '{}') end,
          created_at = least(p.created_at, l.created_at),
          updated_at = now()
        from (
          select m.survivor, %s
            last_present(p.email order by p.id desc) as email,
            last_present(case when p.email is not null then coalesce(p.email_key, '') end
                         order by p.id desc) as email_key,
            merged_json(p.extra order by p.id desc) as extra,
            min(p.created_at) as created_at
          from load_merge m join profile p on p.id = m.loser
          group by m.survivor) l
        where p.id = l.survivor
        """
            .formatted(gaps, last));
  }
}
