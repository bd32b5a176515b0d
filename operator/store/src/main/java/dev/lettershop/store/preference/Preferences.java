package dev.lettershop.store.preference;

import dev.lettershop.store.consent.ConsentStatements;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.consent.Consents;
import dev.lettershop.store.consent.TopicConsent;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.ProfileMergeLock;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.load.profile.MergedProfiles;
import dev.lettershop.store.suppression.AddressHash;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What people choose about the mails that they get. Thread-safe. */
public final class Preferences {
  private final Database database;

  public Preferences(Database database) {
    this.database = database;
  }

  /**
   * Reads, and changes nothing.
   *
   * @param runId and {@code profileId} as a link names them
   * @return empty when there is no such profile (any more)
   */
  public Optional<CurrentChoices> read(long runId, long profileId) {
    return database.transact("read preferences", db -> read(db, runId, profileId));
  }

  private Optional<CurrentChoices> read(DSLContext db, long runId, long profileId) {
    long id = MergedProfiles.present(db, profileId);
    Record profile = db.fetchOne("select email, email_key, locale from profile where id = ?", id);
    if (profile == null) {
      return Optional.empty();
    }
    String address =
        StoredKeys.of(db, database.vault(), List.of(id)).email(profile.get(0, String.class));
    return Optional.of(
        new CurrentChoices(
            id,
            address,
            profile.get(2, String.class),
            about(db, runId, id),
            consents(db, id),
            pausedUntil(db, profile.get(1, String.class))));
  }

  /** A run has one topic; one of confirmation mails has those that are to be confirmed. */
  private Set<String> about(DSLContext db, long runId, long id) {
    String topic =
        db.fetchOptional("select topic from run where id = ?", runId)
            .map(row -> row.get(0, String.class))
            .orElse(null);
    return topic == null
        ? new TreeSet<>(Confirmations.requested(db, database.vault(), runId, id).keySet())
        : Set.of(topic);
  }

  /** What counts for the person and the address: what another profile has refused is withdrawn. */
  static Map<String, ConsentStatus> consents(DSLContext db, long id) {
    Map<String, ConsentStatus> consents = new HashMap<>();
    for (TopicConsent consent : Consents.read(db, id)) {
      consents.put(
          consent.topic(), consent.isRefusedByOther() ? ConsentStatus.Withdrawn : consent.status());
    }
    return consents;
  }

  private Instant pausedUntil(DSLContext db, String emailKey) {
    return emailKey == null
        ? null
        : db.fetchOptional(
                "select until from pause where address_hash = ? and until > now()",
                (Object) AddressHash.of(db, database.vault(), emailKey))
            .map(row -> row.get(0, Instant.class))
            .orElse(null);
  }

  /**
   * Records what somebody says about topics, in one transaction. What counts already is not said
   * again, so that repeating it changes nothing.
   *
   * @param profileId as {@link CurrentChoices} names it, or as a link does
   * @param statements Granted, Withdrawn or Denied, by topic
   * @param source what it was said by, e.g. {@code preferences}
   * @param evidence how it is known; may hold personal data
   * @return the topics that were recorded; empty as well when there is no such profile
   */
  public Set<String> say(
      long profileId,
      Map<String, ConsentStatus> statements,
      String source,
      Map<String, Object> evidence) {
    return database.transact(
        "record what somebody chose",
        db -> {
          long id = locked(db, profileId);
          Map<String, TopicConsent> present = new HashMap<>();
          Consents.read(db, id).forEach(consent -> present.put(consent.topic(), consent));
          Set<String> recorded = new TreeSet<>();
          statements.forEach(
              (topic, status) -> {
                if (isNews(present.get(topic), status)
                    && ConsentStatements.record(
                        db, database.vault(), id, topic, status, source, evidence)) {
                  recorded.add(topic);
                }
              });
          return recorded;
        });
  }

  /** A grant also lifts what another profile has refused for the address. */
  private static boolean isNews(TopicConsent present, ConsentStatus status) {
    return present == null
        || present.status() != status
        || status == ConsentStatus.Granted && present.isRefusedByOther();
  }

  /**
   * Keeps merges and erasure away until the transaction ends, and others who choose for the same
   * person.
   *
   * @return the number of the profile now
   */
  static long locked(DSLContext db, long profileId) {
    db.execute("set local lock_timeout = '5s'");
    db.execute(ProfileMergeLock.SHARED);
    long id = MergedProfiles.present(db, profileId);
    db.execute("select pg_advisory_xact_lock(hashtextextended('lettershop/consent', ?))", id);
    return id;
  }

  /**
   * Holds back all mail to a person's address until the beginning of a day (UTC), unless its topic
   * has implied consent. Takes the place of an earlier pause.
   *
   * @return whether there is an address to pause
   */
  public boolean pause(long profileId, LocalDate until) {
    return database.transact(
        "pause mails",
        db ->
            addressHash(db, profileId)
                .map(
                    hash ->
                        db.execute(
                            """
                            insert into pause as p (address_hash, until) values (?, ?::timestamptz)
                            on conflict (address_hash) do update
                              set until = excluded.until, paused_at = now()
                              where p.until <> excluded.until
                            """,
                            hash,
                            until.atStartOfDay().atOffset(ZoneOffset.UTC)))
                .isPresent());
  }

  /** Ends a pause; nothing happens when there is none. */
  public void endPause(long profileId) {
    database.transact(
        "end a pause",
        db ->
            addressHash(db, profileId)
                .map(
                    hash -> db.execute("delete from pause where address_hash = ?", (Object) hash)));
  }

  private Optional<byte[]> addressHash(DSLContext db, long profileId) {
    long id = locked(db, profileId);
    return db.fetchOptional(
            "select email_key from profile where id = ? and email_key is not null", id)
        .map(row -> AddressHash.of(db, database.vault(), row.get(0, String.class)));
  }
}
