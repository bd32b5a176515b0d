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
import dev.lettershop.store.load.SessionLoad;
import dev.lettershop.store.load.profile.StagedIdentity;
import java.util.Map;

/** One sync of a source of consents. */
public final class ConsentLoad extends SessionLoad<LoadedConsent> {

  private static final int MAX_TOPIC = 200;
  private static final String COLUMNS =
      """
      topic text collate "C", status text collate "C",
      occurred_at timestamptz, evidence jsonb
      """;

  private final StagedIdentity staged;
  private final Vault vault;

  /**
   * @param source name of the source, kept with every consent
   * @param identityKey kind of the rows' identity values
   */
  public ConsentLoad(
      Database database, String source, String identityKey, Continuation continuation) {
    this(database, source, continuation, new StagedIdentity(database.vault(), identityKey));
  }

  private ConsentLoad(
      Database database, String source, Continuation continuation, StagedIdentity staged) {
    super(new LoadSession(database, source, continuation, staged.definitions() + COLUMNS));
    this.vault = database.vault();
    this.staged = staged;
  }

  @Override
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

  @Override
  public LoadCounts commit() {
    session.startMerging();
    LoadCounts counts =
        session.guarded(
            () -> {
              session.lockIdentities();
              long strangers = new PlaceholderProfiles(session.db(), staged).welcome();
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
}
