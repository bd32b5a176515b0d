package dev.lettershop.store.load;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Writes the resolved persons: new profiles, changed ones, and identities nobody had yet. */
final class ProfileUpsert {

  private final DSLContext db;
  private final StagedProfiles shape;

  ProfileUpsert(DSLContext db, StagedProfiles shape) {
    this.db = db;
    this.shape = shape;
  }

  /**
   * One row for each person: as it came, or, for several rows, the last value that is there of
   * every attribute.
   */
  private String persons(boolean fresh) {
    String as = fresh ? "p.fresh" : "not p.fresh";
    return """
        select p.id, s.email, s.email_key, %1$s s.extra
        from load_stage s join load_person p on p.label = s.seq
        where %3$s and not exists (select from load_label l where l.seq = s.seq)
        union all
        select p.id, last_present(s.email order by s.seq), last_present(s.email_key order by s.seq),
               %2$s merged_json(s.extra order by s.seq)
        from load_label l join load_stage s on s.seq = l.seq join load_person p on p.label = l.label
        where %3$s
        group by p.id
        """
        .formatted(
            shape.each(c -> "s." + c.name()),
            shape.each(c -> "last_present(s." + c.name() + " order by s.seq) as " + c.name()),
            as);
  }

  long insertNew() {
    return db.execute(
        "insert into profile (id, email, email_key, "
            + shape.each(StagedProfiles.Column::target)
            + "extra) select id, email, nullif(email_key, ''), "
            + shape.each(StagedProfiles.Column::name)
            + "extra from ("
            + persons(true)
            + ") n");
  }

  /** Updates those of which something is different now; the others keep their updated_at. */
  long updateChanged() {
    String set = shape.each(c -> "%1$s = coalesce(n.%2$s, p.%1$s)".formatted(c.target(), c.name()));
    String different =
        shape.columns().stream()
            .map(
                c ->
                    "n.%2$s is distinct from p.%1$s and n.%2$s is not null or "
                        .formatted(c.target(), c.name()))
            .collect(Collectors.joining());
    return db.execute(
        """
        update profile p set
          email = coalesce(n.email, p.email),
          email_key = case when n.email is null then p.email_key else nullif(n.email_key, '') end,
          %s
          extra = case when n.extra is null then p.extra
                       else coalesce(p.extra, '{}') || n.extra end,
          updated_at = now()
        from (%s) n
        where n.id = p.id and (
          %s
          n.email is not null
            and (n.email is distinct from p.email
                 or nullif(n.email_key, '') is distinct from p.email_key)
          or n.extra is not null
            and coalesce(p.extra, '{}') || n.extra is distinct from p.extra)
        """
            .formatted(set, persons(false), different));
  }

  void insertIdentities() {
    String kind =
        "(array["
            + shape.kinds().stream().map(k -> "?").collect(Collectors.joining(", "))
            + "]::text[])[i.kind + 1]";
    // Several rows can share a new value; then they are one person, and any of them will do. In the
    // order of the index: that halves the time.
    db.execute(
        """
        insert into identity (kind, value, profile_id)
        select %1$s, i.value, p.id
        from load_ident i join load_person p on p.label = i.seq
        where i.profile_id is null and not exists (select from load_label l where l.seq = i.seq)
        union all
        select %1$s, i.value, min(p.id)
        from load_ident i join load_label l on l.seq = i.seq join load_person p on p.label = l.label
        where i.profile_id is null
        group by i.kind, i.value
        order by 2, 1
        """
            .formatted(kind),
        twice(shape.kinds().toArray(Object[]::new)));
  }

  private static Object[] twice(Object[] values) {
    Object[] doubled = Arrays.copyOf(values, values.length * 2);
    System.arraycopy(values, 0, doubled, values.length, values.length);
    return doubled;
  }
}
