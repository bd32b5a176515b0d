package dev.lettershop.store.load;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.Protection;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.PersonSeal;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.schema.EmailKey;
import java.util.List;
import org.jooq.DSLContext;

/**
 * One sync of a source of profiles: one transaction. Memory does not grow with the rows. Not
 * thread-safe; closing without {@link #commit()} changes nothing.
 */
public final class ProfileLoad implements AutoCloseable {

  private final StagedProfiles shape;
  private final LoadSession session;
  private final int precedence;
  private final Vault vault;
  private final SeenValues seen = new SeenValues();

  /**
   * @param source name of the source, for quarantine and audit
   * @param identityKey kind of the rows' identity values
   * @param alsoMatch attributes whose values also identify a person
   * @param precedence of the source where several say different things; the highest counts
   */
  public ProfileLoad(
      Database database,
      String source,
      ProfileSchema schema,
      String identityKey,
      List<String> alsoMatch,
      int precedence,
      Continuation continuation) {
    this.precedence = precedence;
    this.vault = database.vault();
    this.shape = new StagedProfiles(schema, identityKey, alsoMatch);
    this.session = new LoadSession(database, source, continuation, shape.definitions());
  }

  /** Takes one row; what PostgreSQL cannot hold, or what names nobody, goes to quarantine. */
  public void add(LoadedProfile profile) {
    CopyRows row = session.row();
    boolean named = false;
    boolean again = false;
    String owner = null;
    for (int i = 0; i < shape.kinds().size(); i++) {
      String kind = shape.kinds().get(i);
      String value =
          LoadSession.identity(kind, i == 0 ? profile.identity() : profile.attributes().get(kind));
      if (value != null && value.length() > LoadSession.MAX_IDENTITY) {
        row.fail(kind, "is longer than " + LoadSession.MAX_IDENTITY + " characters");
      }
      named |= value != null;
      again |= value != null && seen.add(i, value);
      row.string(kind, value == null ? null : vault.identity(kind, value));
      owner = owner == null ? value : owner;
    }
    if (!named) {
      row.fail(shape.kinds().get(0), "is missing, and nothing else says whose row this is");
    }
    PersonSeal seal = shape.encrypted() ? vault.seal(owner) : null;
    Object email = profile.attributes().get("email");
    value(row, "email", shape.encrypted() ? Protection.Encrypted : Protection.Clear, email, seal);
    // Empty, not null: an address that cannot be mailed also replaces the one before it.
    row.string(
        "email", email == null ? null : EmailKey.of((String) email).map(vault::address).orElse(""));
    for (StagedProfiles.Column column : shape.columns()) {
      Object value = profile.attributes().get(column.attribute());
      value(row, column.attribute(), column.protection(), value, seal);
    }
    row.json("extra", profile.extra()).value("as_of", profile.asOf()).value("again", again);
    if (seal != null) {
      row.string("lock", seal.lock()).string("wrapped", seal.wrapped());
    }
    session.endRow(profile.position());
  }

  private void value(
      CopyRows row, String attribute, Protection protection, Object value, PersonSeal seal) {
    switch (protection) {
      case Clear -> row.value(attribute, value);
      case Encrypted -> row.check(attribute, value).string(attribute, seal.seal(attribute, value));
      case Deterministic ->
          row.check(attribute, value).string(attribute, vault.deterministic(value));
    }
  }

  /**
   * Sets a row aside.
   *
   * @param position where it stands in the source, e.g. {@code customers.csv:17}
   * @param field the column or attribute at fault, or null
   * @param reason what is wrong, without personal data
   * @param raw the row as it was read; may hold personal data; null when there is nothing to keep
   */
  public void quarantine(String position, String field, String reason, String raw) {
    session.quarantine(position, field, reason, raw);
  }

  /** Has the position stored when this load is committed, with its rows or not at all. */
  public void readUpTo(SourcePosition position) {
    session.readUpTo(position);
  }

  /** Takes a row out of the quarantine when this load is committed. */
  public void release(long quarantined) {
    session.release(quarantined);
  }

  /** Rows added and quarantined so far. */
  public long read() {
    return session.read();
  }

  /** Rows quarantined so far. */
  public long quarantined() {
    return session.quarantined();
  }

  /** Merges what was added, and makes it visible at once. */
  public LoadCounts commit() {
    session.startMerging();
    LoadCounts counts =
        session.guarded(
            () -> {
              session.lockIdentities();
              return merge(session.db());
            });
    session.commit();
    return counts;
  }

  private LoadCounts merge(DSLContext db) {
    int origin = origin(db);
    long read = db.fetchSingle("select nextval('read_number')").get(0, Long.class) << 32;
    long base = ids(db);
    PersonResolution persons = new PersonResolution(db, shape.kinds(), base);
    persons.run();
    SharedProfiles shared = new SharedProfiles(db, shape, origin, read);
    ProfileUpsert upsert =
        new ProfileUpsert(db, shape, persons, base, origin, read, session.staged());
    SealedValues sealed = new SealedValues(db, shape, persons, base, origin);
    sealed.takeStored();
    shared.find();
    long merged = new ProfileMerge(db, shape, session.source()).run();
    long created = upsert.insertNew();
    long changed = upsert.updateChanged();
    upsert.adoptStrangers();
    long[] several = shared.write();
    upsert.insertIdentities();
    sealed.insertKeys(upsert.alone());
    created += several[0];
    changed += several[1];
    if (created + changed >= LoadSession.MANY) {
      db.execute("analyze profile, identity");
    }
    return new LoadCounts(session.read(), created, changed, merged, session.quarantined(), 0);
  }

  /** The source's number; its precedence is what it says now. */
  private int origin(DSLContext db) {
    return db.fetchSingle(
            """
            insert into origin (source, kind, precedence) values (?, ?, ?)
            on conflict (source) do update
              set kind = excluded.kind, precedence = excluded.precedence
            returning id
            """,
            session.source(),
            shape.kinds().get(0),
            precedence)
        .get(0, Integer.class);
  }

  /** As many ids as there are rows, one after the other; others wait for the lock meanwhile. */
  private long ids(DSLContext db) {
    long first = db.fetchSingle("select nextval('profile_id_seq')").get(0, Long.class);
    db.fetchSingle("select setval('profile_id_seq', ?)", first + Math.max(0, session.staged() - 1));
    return first;
  }

  @Override
  public void close() {
    session.close();
  }
}
