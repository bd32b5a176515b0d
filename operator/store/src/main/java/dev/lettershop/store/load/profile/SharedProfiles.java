package dev.lettershop.store.load.profile;

import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * Writes the profiles that more than one record speaks of: each record's word is kept, and the
 * profile is made of all of them. Works on {@code load_shared(seq, profile_id, fresh)}, which it
 * leaves.
 */
final class SharedProfiles {

  private final DSLContext db;
  private final StagedProfiles shape;
  private final LoadNumbers numbers;

  SharedProfiles(DSLContext db, StagedProfiles shape, LoadNumbers numbers) {
    this.db = db;
    this.shape = shape;
    this.numbers = numbers;
  }

  /** Finds the rows, before any profile is changed. */
  void find() {
    db.execute(
        """
        create temp table load_shared on commit drop as
        select l.seq, p.id as profile_id, p.fresh from load_label l join load_person p using (label)
        union all
        select k.seq, k.first_id, false
        from load_known k join load_stage s using (seq) join profile p on p.id = k.first_id
        where not exists (select from load_label l where l.seq = k.seq)
          and (k.first_id < k.last_id
            or p._origin is distinct from %2$d and p._origin is not null
            or p._key <> %1$s
            or p._origin is null
              and exists (select from contribution c where c.profile_id = p.id))
        """
            .formatted(shape.recordKey("s"), numbers.origin()));
    db.execute("analyze load_shared");
  }

  /**
   * Keeps what the rows say and makes the profiles of it.
   *
   * @return how many are new, and of how many stored ones a value changed
   */
  long[] write() {
    Contributions.open(db, "select profile_id from load_shared");
    db.execute(
        """
        insert into contribution as c (profile_id, origin, key, as_of, read, attributes, extra)
        select t.profile_id, %1$d, %2$s, max(s.as_of), %3$d + max(s.seq),
          merged_json(%4$s order by s.as_of nulls first, s.seq),
          merged_json(s.extra order by s.as_of nulls first, s.seq)
        from load_shared t join load_stage s using (seq)
        group by t.profile_id, 3
        on conflict (profile_id, origin, key) do update set
          attributes = c.attributes || excluded.attributes,
          extra = case when excluded.extra is null then c.extra
                       else coalesce(c.extra, '{}') || excluded.extra end,
          as_of = coalesce(excluded.as_of, c.as_of),
          read = excluded.read
        where coalesce(excluded.as_of, '-infinity') >= coalesce(c.as_of, '-infinity')
          and (c.attributes || excluded.attributes <> c.attributes
            or excluded.extra is not null
              and coalesce(c.extra, '{}') || excluded.extra is distinct from c.extra
            or excluded.as_of is distinct from c.as_of)
        """
            .formatted(
                numbers.origin(), shape.recordKey("s"), numbers.read(), shape.attributes("s")));
    db.execute(
        "create temp table load_fold on commit drop as select f.*, exists (select from load_shared t"
            + " where t.profile_id = f.profile_id and t.fresh) as fresh from ("
            + Contributions.folded(
                "select profile_id from load_shared union select survivor from load_merge")
            + ") f");
    return new long[] {insertFresh(), updateChanged()};
  }

  private long insertFresh() {
    return db.execute(
        """
        insert into profile (id, email, email_key, %1$s extra)
        select f.profile_id, n.email, nullif(n.email_key, ''), %2$s f.extra
        from load_fold f cross join lateral jsonb_populate_record(null::profile, f.attributes) n
        where f.fresh
        order by f.profile_id
        """
            .formatted(
                shape.each(StagedProfiles.Column::target), shape.each(c -> "n." + c.target())));
  }

  private long updateChanged() {
    String set = shape.each(c -> "%1$s = coalesce(n.%1$s, p.%1$s)".formatted(c.target()));
    String different =
        shape.columns().stream()
            .map(
                c ->
                    "n.%1$s is distinct from p.%1$s and n.%1$s is not null or "
                        .formatted(c.target()))
            .collect(Collectors.joining());
    return numbers.known(
        db,
        """
        update profile p set
          email = coalesce(n.email, p.email),
          email_key = case when n.email is null then p.email_key else nullif(n.email_key, '') end,
          %s
          extra = case when f.extra is null then p.extra
                       else coalesce(p.extra, '{}') || f.extra end,
          updated_at = now()
        from load_fold f cross join lateral jsonb_populate_record(null::profile, f.attributes) n
        where f.profile_id = p.id and not f.fresh and (
          %s
          n.email is not null
            and (n.email is distinct from p.email
                 or nullif(n.email_key, '') is distinct from p.email_key)
          or f.extra is not null
            and coalesce(p.extra, '{}') || f.extra is distinct from p.extra)
        """
            .formatted(set, different));
  }
}
