package dev.lettershop.store.load.profile;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.consent.ConsentStates;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.ProfileMergeLock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Who is who, looked into and corrected by people. Thread-safe. */
public final class Identities {

  private final Database database;

  public Identities(Database database) {
    this.database = database;
  }

  /** One way to know a person: kind and value. */
  public record Identity(String kind, String value) {
    /** Without the value: that is personal. */
    @Override
    public String toString() {
      return "Identity[" + kind + "]";
    }
  }

  /**
   * Gives some of a profile's identities a profile of their own, made of what their records say,
   * and notes that the two are different people.
   *
   * @param named the identities that leave
   * @param actor who asked for it, for the audit log
   * @return the number of the new profile
   * @throws IllegalArgumentException when the profile does not have one of them, or no other
   */
  public long unmerge(ProfileSchema schema, long profileId, Set<Identity> named, String actor) {
    Set<Identity> away =
        named.stream()
            .map(i -> new Identity(i.kind(), database.vault().identity(i.kind(), i.value())))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    StagedProfiles shape = new StagedProfiles(schema, "id", List.of());
    return database.transact(
        "unmerge a profile",
        db -> {
          db.execute("select pg_advisory_xact_lock(hashtextextended('lettershop/identity', 0))");
          db.execute(ProfileMergeLock.EXCLUSIVE);
          Set<Identity> staying = staying(db, profileId, away);
          Contributions.open(db, "select " + profileId);
          long id =
              db.fetchSingle("insert into profile default values returning id").get(0, Long.class);
          db.execute(
              """
              insert into person_key (profile_id, lock, wrapped)
              select ?, lock, wrapped from person_key where profile_id = ?
              """,
              id,
              profileId);
          for (Identity identity : away) {
            move(db, profileId, id, identity);
            staying.forEach(other -> separate(db, identity, other));
          }
          rebuild(db, shape, profileId);
          rebuild(db, shape, id);
          away.stream()
              .filter(i -> i.kind().equals("email") && !database.vault().encrypts())
              .forEach(
                  identity ->
                      db.execute(
                          "update profile set email = ?, email_key = ? where id = ? and email is null",
                          identity.value(),
                          identity.value(),
                          id));
          copyRefusals(db, profileId, id);
          db.execute(
              """
              insert into audit (action, actor, profile_id, detail)
              values ('profile.unmerged', ?, ?, jsonb_build_object('separated', ?::bigint))
              """,
              actor,
              profileId,
              id);
          return id;
        });
  }

  private static Set<Identity> staying(DSLContext db, long profileId, Set<Identity> away) {
    Set<Identity> staying =
        new HashSet<>(
            db.fetch("select kind, value from identity where profile_id = ?", profileId)
                .map(r -> new Identity(r.get(0, String.class), r.get(1, String.class))));
    for (Identity identity : away) {
      if (!staying.remove(identity)) {
        throw new IllegalArgumentException(
            "the profile " + profileId + " has no such identity of the kind " + identity.kind());
      }
    }
    if (away.isEmpty() || staying.isEmpty()) {
      throw new IllegalArgumentException(
          "some identities of the profile " + profileId + " have to leave, and some have to stay");
    }
    return staying;
  }

  private static void move(DSLContext db, long from, long to, Identity identity) {
    db.execute(
        "update identity set profile_id = ? where value = ? and kind = ?",
        to,
        identity.value(),
        identity.kind());
    db.execute(
        """
        update contribution c set profile_id = ? from origin o
        where c.profile_id = ? and o.id = c.origin
          and (o.kind = ? and c.key = ? or c.key = ?)
        """,
        to,
        from,
        identity.kind(),
        identity.value(),
        identity.kind() + "=" + identity.value());
  }

  private static void separate(DSLContext db, Identity one, Identity other) {
    db.execute(
        """
        insert into separation (kind, value, other_kind, other_value)
        values (?, ?, ?, ?), (?, ?, ?, ?) on conflict do nothing
        """,
        one.kind(),
        one.value(),
        other.kind(),
        other.value(),
        other.kind(),
        other.value(),
        one.kind(),
        one.value());
  }

  /** Makes a profile of its contributions only: what nobody says any more is gone. */
  private static void rebuild(DSLContext db, StagedProfiles shape, long id) {
    db.execute(
        """
        update profile p set email = n.email, email_key = nullif(n.email_key, ''), %s
          extra = f.extra, updated_at = now()
        from (values (0)) one left join (%s) f on true
        left join lateral jsonb_populate_record(null::profile, f.attributes) n on true
        where p.id = %d
        """
            .formatted(
                shape.each(c -> "%1$s = n.%1$s".formatted(c.target())),
                Contributions.folded("select " + id),
                id));
  }

  /** Nobody is mailed who has refused, whichever of the two it was. */
  private static void copyRefusals(DSLContext db, long from, long to) {
    db.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source, evidence, recorded_at)
        select ?, topic, occurred_at, status, source, evidence, recorded_at
        from consent where profile_id = ? and status in ('Withdrawn', 'Denied')
        """,
        to,
        from);
    ConsentStates.rebuild(db, "select " + to);
  }
}
