package dev.lettershop.store.load.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * Writes the profiles that one record speaks of, which are nearly all, and identities nobody had
 * yet. What more than one record speaks of is the matter of {@link SharedProfiles}.
 */
final class ProfileUpsert {

  private final DSLContext db;
  private final StagedProfiles shape;
  private final PersonResolution persons;
  private final LoadNumbers numbers;
  private final long staged;

  /**
   * @param staged how many rows there are
   */
  ProfileUpsert(
      DSLContext db,
      StagedProfiles shape,
      PersonResolution persons,
      LoadNumbers numbers,
      long staged) {
    this.db = db;
    this.shape = shape;
    this.persons = persons;
    this.numbers = numbers;
    this.staged = staged;
  }

  /** Where a staged row is known to nobody and shares nothing. Nothing to ask in an empty store. */
  String alone() {
    if (persons.known() == staged) {
      return "false";
    }
    return (persons.known() == 0
            ? "true"
            : "not exists (select from load_known k where k.seq = s.seq)")
        + (persons.labelled() == 0
            ? ""
            : " and not exists (select from load_label l where l.seq = s.seq)");
  }

  long insertNew() {
    return db.execute(
        """
        insert into profile (id, email, email_key, %1$s extra, _origin, _key, _as_of, _read)
        select %4$d + s.seq, s.email, nullif(s.email_key, ''), %2$s s.extra,
          %5$d, %3$s, s.as_of, %6$d + s.seq
        from load_stage s where %7$s
        """
            .formatted(
                shape.each(StagedProfiles.Column::target),
                shape.each(c -> "s." + c.name()),
                shape.recordKey("s"),
                numbers.base(),
                numbers.origin(),
                numbers.read(),
                alone()));
  }

  /** Updates those of which something is different now; the others keep their updated_at. */
  long updateChanged() {
    if (persons.known() == 0) {
      return 0;
    }
    String set = shape.each(c -> "%1$s = coalesce(n.%2$s, p.%1$s)".formatted(c.target(), c.name()));
    String different =
        shape.columns().stream()
            .map(
                c ->
                    "n.%2$s is distinct from p.%1$s and n.%2$s is not null or "
                        .formatted(c.target(), c.name()))
            .collect(Collectors.joining());
    return numbers.known(
        db,
        """
        update profile p set
          email = coalesce(n.email, p.email),
          email_key = case when n.email is null then p.email_key else nullif(n.email_key, '') end,
          %1$s
          extra = case when n.extra is null then p.extra
                       else coalesce(p.extra, '{}') || n.extra end,
          _origin = %4$d, _key = %3$s, _as_of = coalesce(n.as_of, p._as_of), _read = %5$d + n.seq,
          updated_at = now()
        from load_known k join load_stage n using (seq)
        where k.first_id = p.id
          and not exists (select from load_shared t where t.seq = k.seq)
          and coalesce(n.as_of, '-infinity') >= coalesce(p._as_of, '-infinity')
          and (
          %2$s
          n.email is not null
            and (n.email is distinct from p.email
                 or nullif(n.email_key, '') is distinct from p.email_key)
          or n.extra is not null
            and coalesce(p.extra, '{}') || n.extra is distinct from p.extra)
        """
            .formatted(set, different, shape.recordKey("n"), numbers.origin(), numbers.read()));
  }

  /** Profiles that only events or consents knew until now, and of which nothing else changed. */
  void adoptStrangers() {
    if (persons.known() > 0) {
      db.execute(
          """
          update profile p set _origin = %2$d, _key = %1$s, _as_of = s.as_of, _read = %3$d + s.seq
          from load_known k join load_stage s using (seq)
          where p.id = k.first_id and p._origin is null
            and not exists (select from load_shared t where t.seq = k.seq)
          """
              .formatted(shape.recordKey("s"), numbers.origin(), numbers.read()));
    }
  }

  /** In the order of the index: that halves the time. */
  void insertIdentities() {
    List<Object> binds = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < shape.kinds().size(); i++) {
      parts.add(
          "select ?::text as kind, s.k%1$d as value, %2$d + s.seq as id from load_stage s where s.k%1$d is not null and %3$s"
              .formatted(i, numbers.base(), alone()));
      binds.add(shape.kinds().get(i));
      if (persons.known() > 0) {
        parts.add(
            """
            select ?, s.k%1$d, k.first_id from load_known k join load_stage s using (seq)
            where k.p%1$d is null and s.k%1$d is not null
              and not exists (select from load_label l where l.seq = k.seq)
            """
                .formatted(i));
        binds.add(shape.kinds().get(i));
      }
      if (persons.labelled() > 0) {
        // Several rows can share a new value; then they are one person, and any of them will do.
        parts.add(
            """
            select ?, s.k%1$d, min(p.id)
            from load_label l join load_stage s using (seq) join load_person p using (label)
            left join load_known k using (seq)
            where k.p%1$d is null and s.k%1$d is not null
            group by s.k%1$d
            """
                .formatted(i));
        binds.add(shape.kinds().get(i));
      }
    }
    db.execute(
        "insert into identity (kind, value, profile_id) select kind, value, id from ("
            + String.join(" union all ", parts)
            + ") n order by value, kind",
        binds.toArray());
  }
}
