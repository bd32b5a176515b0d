package dev.lettershop.store.load;

import dev.lettershop.store.consent.ConsentStates;
import dev.lettershop.store.database.ProfileMergeLock;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Makes one profile of those that turned out to be one person ({@code load_merge}): the survivor
 * keeps its values and takes those that it lacks, with everything that hangs on the others.
 */
final class ProfileMerge {

  /** Moves rows that may exist on both sides: what the survivor has already is dropped. */
  private static final List<String> MOVES =
      List.of(
          """
          update identity i set profile_id = m.survivor from load_merge m where i.profile_id = m.loser
          """,
          """
          insert into event (profile_id, name, occurred_at, id, properties)
          select distinct on (m.survivor, e.name, e.id)
            m.survivor, e.name, e.occurred_at, e.id, e.properties
          from event e join load_merge m on m.loser = e.profile_id
          where not exists (
            select from event x
            where x.profile_id = m.survivor and x.name = e.name and x.id = e.id)
          order by m.survivor, e.name, e.id, e.occurred_at desc
          """,
          "delete from event e using load_merge m where e.profile_id = m.loser",
          """
          insert into consent (profile_id, topic, occurred_at, status, source, evidence, recorded_at)
          select m.survivor, c.topic, c.occurred_at, c.status, c.source, c.evidence, c.recorded_at
          from consent c join load_merge m on m.loser = c.profile_id on conflict do nothing
          """,
          "delete from consent c using load_merge m where c.profile_id = m.loser",
          "delete from consent_state c using load_merge m where c.profile_id = m.loser",
          """
          insert into opt_out (profile_id, topic, email_key, occurred_at)
          select m.survivor, o.topic, o.email_key, max(o.occurred_at)
          from opt_out o join load_merge m on m.loser = o.profile_id
          group by 1, 2, 3 on conflict do nothing
          """,
          "delete from opt_out o using load_merge m where o.profile_id = m.loser",
          // Only a refresh adds or removes members. The survivor inherits a membership, and where
          // it has one itself the next refresh finds that the other is gone.
          """
          update membership s set profile_id = o.survivor
          from (
            select s.segment_id, m.survivor, min(m.loser) as loser
            from membership s join load_merge m on m.loser = s.profile_id
            group by s.segment_id, m.survivor) o
          where s.segment_id = o.segment_id and s.profile_id = o.loser
            and not exists (select from membership x
                            where x.segment_id = o.segment_id and x.profile_id = o.survivor)
          """,
          """
          insert into membership_history (segment_id, profile_id, entered_at, left_at)
          select h.segment_id, m.survivor, h.entered_at, h.left_at
          from membership_history h join load_merge m on m.loser = h.profile_id
          on conflict do nothing
          """,
          "delete from membership_history h using load_merge m where h.profile_id = m.loser",
          """
          insert into model_output (profile_id, model, score, cluster, computed_at)
          select m.survivor, o.model, o.score, o.cluster, o.computed_at
          from model_output o join load_merge m on m.loser = o.profile_id
          on conflict do nothing
          """,
          "delete from model_output o using load_merge m where o.profile_id = m.loser",
          """
          insert into person_key (profile_id, lock, wrapped)
          select m.survivor, k.lock, k.wrapped
          from person_key k join load_merge m on m.loser = k.profile_id on conflict do nothing
          """,
          "delete from person_key k using load_merge m where k.profile_id = m.loser",
          """
          insert into contribution (profile_id, origin, key, as_of, read, attributes, extra)
          select m.survivor, c.origin, c.key, c.as_of, c.read, c.attributes, c.extra
          from contribution c join load_merge m on m.loser = c.profile_id
          order by c.profile_id on conflict do nothing
          """,
          "delete from contribution c using load_merge m where c.profile_id = m.loser",
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
    MOVES.forEach(db::execute);
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
