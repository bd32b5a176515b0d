package dev.lettershop.store.load.consent;

import dev.lettershop.store.consent.ConsentEvidence;
import dev.lettershop.store.consent.ConsentStates;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.JsonText;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.CopyRows;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.LoadSession;
import dev.lettershop.store.load.SourcePosition;
import dev.lettershop.store.load.StagedIdentity;
import java.util.Map;

/**
 * One sync of a source of consents: one transaction. Memory does not grow with the rows. Not
 * thread-safe; closing without {@link #commit()} changes nothing.
 */
public final class ConsentLoad implements AutoCloseable {

  private static final int MAX_TOPIC = 200;
  private static final String COLUMNS =
      """
      topic text collate "C", status text collate "C",
      occurred_at timestamptz, evidence jsonb
      """;

  private final StagedIdentity staged;
  private final Vault vault;
  private final LoadSession session;

  /**
   * @param source name of the source, kept with every consent
   * @param identityKey kind of the rows' identity values
   */
  public ConsentLoad(
      Database database, String source, String identityKey, Continuation continuation) {
    this.vault = database.vault();
    this.staged = new StagedIdentity(database.vault(), identityKey);
    this.session = new LoadSession(database, source, continuation, staged.definitions() + COLUMNS);
  }

  /** Takes one row; what PostgreSQL cannot hold, or what names nobody, goes to quarantine. */
  public void add(LoadedConsent consent) {
    CopyRows row = session.row();
    staged.write(row, consent.identity(), "consent");
    if (consent.topic().length() > MAX_TOPIC) {
      row.fail("topic", "is longer than " + MAX_TOPIC + " characters");
    }
    row.string("topic", consent.topic())
        .string("status", consent.status().name())
        .time("occurred_at", consent.occurredAt())
        .json("evidence", evidence(consent));
    session.endRow(consent.position());
  }

  /** What cannot be stored stays as it is, for the row to go to quarantine. */
  private Map<String, Object> evidence(LoadedConsent consent) {
    Map<String, Object> evidence = consent.evidence();
    return evidence == null || evidence.isEmpty() || JsonText.holdsNul(evidence)
        ? evidence
        : ConsentEvidence.sealed(vault, evidence);
  }

  /**
   * Sets a row aside.
   *
   * @param position where it stands in the source, e.g. {@code consents.csv:17}
   * @param field the column at fault, or null
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

  /** Adds what was not known yet to the history, and makes the latest word on each topic count. */
  public LoadCounts commit() {
    session.startMerging();
    LoadCounts counts =
        session.guarded(
            () -> {
              session.lockIdentities();
              long strangers = new Strangers(session.db(), staged).welcome();
              long created = insertConsents();
              ConsentStates.rebuild(session.db(), "select profile_id from load_consent");
              if (staged.kind().equals("email")) {
                ConsentStates.addNamed(
                    session.db(),
                    "select profile_id, topic, ident as email_key, status, occurred_at"
                        + " from load_consent");
              }
              if (created >= LoadSession.MANY) {
                session.db().execute("analyze consent, consent_state");
              }
              return new LoadCounts(
                  session.read(), created, 0, 0, session.quarantined(), strangers);
            });
    session.commit();
    return counts;
  }

  private long insertConsents() {
    session
        .db()
        .execute(
            """
            create temp table load_consent on commit drop as
            select i.profile_id, s.ident, s.topic, s.occurred_at, s.status, s.evidence
            from load_stage s join identity i on i.kind = ? and i.value = s.ident
            """,
            staged.kind());
    session.db().execute("analyze load_consent");
    return session
        .db()
        .execute(
            """
            insert into consent (profile_id, topic, occurred_at, status, source, evidence)
            select profile_id, topic, occurred_at, status, ?, evidence from load_consent
            on conflict do nothing
            """,
            session.source());
  }

  @Override
  public void close() {
    session.close();
  }
}
