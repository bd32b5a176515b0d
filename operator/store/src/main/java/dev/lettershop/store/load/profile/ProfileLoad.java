package dev.lettershop.store.load.profile;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.Protection;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.PersonSeal;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.CopyRows;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.LoadSession;
import dev.lettershop.store.load.SessionLoad;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/** One sync of a source of profiles. */
public final class ProfileLoad extends SessionLoad<LoadedProfile> {

  private static final LoadCounts NOTHING = new LoadCounts(0, 0, 0, 0, 0, 0);

  private final StagedProfiles shape;
  private final int precedence;
  private final Vault vault;
  private final SeenValues seen = new SeenValues();
  private FreshProfiles fresh;
  private boolean asked;

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
    this(
        database,
        source,
        new StagedProfiles(schema, identityKey, alsoMatch),
        precedence,
        continuation);
  }

  private ProfileLoad(
      Database database,
      String source,
      StagedProfiles shape,
      int precedence,
      Continuation continuation) {
    super(new LoadSession(database, source, continuation, shape.definitions()));
    this.precedence = precedence;
    this.vault = database.vault();
    this.shape = shape;
  }

  @Override
  public void add(LoadedProfile profile) {
    List<String> identities = new ArrayList<>(shape.kinds().size());
    boolean again = false;
    String tooLong = null;
    String owner = null;
    for (int i = 0; i < shape.kinds().size(); i++) {
      String kind = shape.kinds().get(i);
      String value =
          LoadSession.identity(kind, i == 0 ? profile.identity() : profile.attributes().get(kind));
      tooLong = value != null && value.length() > LoadSession.MAX_IDENTITY ? kind : tooLong;
      again |= value != null && seen.add(i, value);
      identities.add(value == null ? null : vault.identity(kind, value));
      owner = owner == null ? value : owner;
    }
    takeShortWay();
    boolean direct = fresh != null && !again;
    CopyRows row = direct ? fresh.row(session.taken()) : session.row();
    if (tooLong != null) {
      row.fail(tooLong, "is longer than " + LoadSession.MAX_IDENTITY + " characters");
    }
    if (owner == null) {
      row.fail(shape.kinds().get(0), "is missing, and nothing else says whose row this is");
    }
    PersonSeal seal = shape.encrypted() ? vault.seal(owner) : null;
    if (direct) {
      attributes(row, profile, seal, mailbox(profile, identities));
      fresh.describe(identities);
      boolean sealed = seal != null && seal.isUsed();
      fresh.end(
          session,
          profile.position(),
          identities,
          sealed ? seal.lock() : null,
          sealed ? seal.wrapped() : null);
      return;
    }
    for (int i = 0; i < identities.size(); i++) {
      row.string(shape.kinds().get(i), identities.get(i));
    }
    // Empty, not null: an address that cannot be mailed also replaces the one before it.
    String mailbox = mailbox(profile, identities);
    boolean none = mailbox == null && profile.attributes().get("email") != null;
    attributes(row, profile, seal, none ? "" : mailbox);
    row.value("again", again);
    if (seal != null) {
      row.string("lock", seal.lock()).string("wrapped", seal.wrapped());
    }
    session.endRow(profile.position());
  }

  /**
   * Where there are many rows and the store knows nobody, most rows can go right where they belong.
   */
  private void takeShortWay() {
    if (!asked && session.staged() >= LoadSession.MANY) {
      asked = true;
      fresh = FreshProfiles.open(session, shape, precedence);
    }
  }

  /** What the profile's address is found by; null where it can have no mail. */
  private String mailbox(LoadedProfile profile, List<String> identities) {
    int at = shape.kinds().indexOf("email");
    if (at > 0) {
      return identities.get(at);
    }
    Object email = profile.attributes().get("email");
    return email == null ? null : EmailKey.of((String) email).map(vault::address).orElse(null);
  }

  private void attributes(CopyRows row, LoadedProfile profile, PersonSeal seal, String mailbox) {
    Object email = profile.attributes().get("email");
    value(row, "email", shape.encrypted() ? Protection.Encrypted : Protection.Clear, email, seal);
    row.string("email", mailbox);
    for (StagedProfiles.Column column : shape.columns()) {
      Object value = profile.attributes().get(column.attribute());
      value(row, column.attribute(), column.protection(), value, seal);
    }
    row.json("extra", profile.extra()).value("as_of", profile.asOf());
  }

  private void value(
      CopyRows row, String attribute, Protection protection, Object value, PersonSeal seal) {
    switch (protection) {
      case Clear -> row.value(attribute, value);
      case Encrypted -> row.check(attribute, value).string(attribute, seal.seal(attribute, value));
      case Deterministic ->
          row.check(attribute, value).string(attribute, vault.deterministic(attribute, value));
    }
  }

  @Override
  public LoadCounts commit() {
    if (fresh != null) {
      fresh.send(session);
    }
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
    LoadNumbers numbers;
    if (fresh == null) {
      numbers =
          LoadNumbers.take(db, session.source(), shape.kinds().get(0), precedence, session.taken());
    } else {
      numbers = fresh.numbers();
      fresh.finish(db, session.taken());
    }
    LoadCounts staged = session.staged() == 0 ? NOTHING : mergeStaged(db, numbers);
    long created = staged.created() + (fresh == null ? 0 : fresh.written());
    if (created + staged.changed() >= LoadSession.MANY) {
      db.execute("analyze profile, identity");
    }
    return new LoadCounts(
        session.read(), created, staged.changed(), staged.merged(), session.quarantined(), 0);
  }

  private LoadCounts mergeStaged(DSLContext db, LoadNumbers numbers) {
    PersonResolution persons = new PersonResolution(db, shape.kinds(), numbers.base());
    persons.run();
    SharedProfiles shared = new SharedProfiles(db, shape, numbers);
    ProfileUpsert upsert = new ProfileUpsert(db, shape, persons, numbers, session.staged());
    SealedValues sealed = new SealedValues(db, shape, persons, numbers);
    sealed.takeStored();
    shared.find();
    ProfileMerge merge = new ProfileMerge(db, shape, session.source(), numbers);
    long merged = merge.run();
    long created = upsert.insertNew() - merge.unborn();
    long changed = upsert.updateChanged();
    upsert.adoptStrangers();
    long[] several = shared.write();
    upsert.insertIdentities();
    sealed.insertKeys(upsert.alone());
    return new LoadCounts(0, created + several[0], changed + several[1], merged, 0, 0);
  }
}
