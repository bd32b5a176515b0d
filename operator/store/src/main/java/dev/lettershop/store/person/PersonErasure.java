package dev.lettershop.store.person;

import dev.lettershop.profile.PlainText;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.ProfileMergeLock;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.encryption.PersonKeys;
import dev.lettershop.store.load.SourcePositions;
import dev.lettershop.store.suppression.AddressHash;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.suppression.SuppressionRows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Erases one person (GDPR Art. 17). Of the person nothing is left but hashes of the addresses, by
 * which they are not mailed again should a source bring them back; the ledger keeps its rows, which
 * then say that some profile number that no longer exists was mailed. Thread-safe.
 */
public final class PersonErasure {
  /** Where rows of a profile are, each with the condition that finds them. */
  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    for (String table :
        List.of(
            // First: a verdict that is being recorded ends before, and adds nothing later.
            "hit",
            "engagement",
            "conversion",
            "event",
            "trigger_entry",
            "consent",
            "consent_state",
            "opt_out",
            "membership",
            "membership_history",
            "model_output",
            "recommendation",
            "contribution",
            "person_key",
            "visitor")) {
      TABLES.put(table, table + " where profile_id = {0}");
    }
    TABLES.put("merged_profile", "merged_profile where survivor = {0}");
    TABLES.put("pause", "pause where address_hash = any({1}::bytea[])");
    TABLES.put("bounce", "bounce where profile_id = {0} or address_hash = any({1}::bytea[])");
    TABLES.put(
        "separation",
        """
        separation s where exists (select from identity i where i.profile_id = {0}
          and (i.kind = s.kind and i.value = s.value
            or i.kind = s.other_kind and i.value = s.other_value))
        """);
    TABLES.put("identity", "identity where profile_id = {0}");
    TABLES.put("profile", "profile where id = {0}");
  }

  private final Database database;

  public PersonErasure(Database database) {
    this.database = database;
  }

  /**
   * Erases a person, in one transaction, and proves it in the audit log. Loads wait meanwhile; one
   * that had read the person's record before, and ends after this, brings the record back, without
   * mail.
   *
   * @param actor who asks for it
   * @param dryRun whether it is only said what would be erased
   * @return empty when there is no such profile
   * @throws SendingNowException when a mail to the person is on its way at this moment
   */
  public Optional<ErasureReport> forget(
      long id, ProfileSchema schema, String actor, boolean dryRun) {
    return database.transact(
        "forget a profile",
        db -> {
          db.execute("select pg_advisory_xact_lock(hashtextextended('lettershop/identity', 0))");
          db.execute(ProfileMergeLock.EXCLUSIVE);
          if (db.fetchOne("select 1 from profile where id = ? for update", id) == null) {
            return Optional.empty();
          }
          return Optional.of(forget(db, id, schema, actor, dryRun));
        });
  }

  private ErasureReport forget(
      DSLContext db, long id, ProfileSchema schema, String actor, boolean dryRun) {
    refuseWhileSending(db, id);
    Set<String> values = values(db, id, schema);
    byte[][] hashes = hashes(db, id);
    Map<String, Long> rows = new TreeMap<>();
    rows.put("quarantine", new QuarantinedRows(db, database.vault()).about(values, dryRun));
    rows.put("delivery", ledger(db, id, dryRun));
    TABLES.forEach((table, where) -> rows.put(table, erased(db, id, hashes, where, dryRun)));
    rows.values().removeIf(count -> count == 0);
    if (dryRun) {
      return new ErasureReport(id, rows, hashes.length, null, null);
    }
    SourcePositions.forgetRows(db, database.vault());
    SuppressionRows.add(
        db,
        new SuppressionRows.Author(actor, id, Map.of("reason", SuppressionReason.Forgotten.name())),
        """
        select h, null, ?, ?, null, null, null::bigint, null, now() from unnest(?::bytea[]) h
        """,
        SuppressionReason.Forgotten.name(),
        actor,
        hashes);
    Map<String, Object> detail = new HashMap<>();
    detail.put("rows", rows);
    detail.put("suppressed", hashes.length);
    AuditLog.append(db, "profile.forgotten", actor, id, detail);
    Record proof =
        db.fetchSingle(
            """
            select id, encode(hash, 'hex') from audit
            where profile_id = ? and action = 'profile.forgotten' order by id desc limit 1
            """,
            id);
    return new ErasureReport(
        id, rows, hashes.length, proof.get(0, Long.class), proof.get(1, String.class));
  }

  private static void refuseWhileSending(DSLContext db, long id) {
    db.fetchOptional(
            """
            select r.namespace || '/' || r.campaign || '/' || r.name
            from delivery d join run r on r.id = d.run_id
            join lease l on l.id = d.lease_id and l.released_at is null and l.expires_at > now()
            where d.profile_id = ? and d.state in ('claimed', 'sending') and r.state = 'Frozen'
            limit 1
            """,
            id)
        .ifPresent(
            run -> {
              throw new SendingNowException(run.get(0, String.class));
            });
  }

  /** Who would still have been mailed is not; the hash of the address goes from every row. */
  private static long ledger(DSLContext db, long id, boolean dryRun) {
    if (dryRun) {
      return db.fetchSingle("select count(*) from delivery where profile_id = ?", id)
          .get(0, Long.class);
    }
    db.execute(
        """
        update delivery d set state = 'skipped', reason = 'profileGone', next_attempt_at = null,
          updated_at = now()
        from run r where r.id = d.run_id and r.state = 'Frozen' and d.profile_id = ?
          and d.state in ('planned', 'deferred')
        """,
        id);
    return db.execute("update delivery set address = null where profile_id = ?", id);
  }

  private static long erased(
      DSLContext db, long id, byte[][] hashes, String where, boolean dryRun) {
    return dryRun
        ? db.fetchSingle("select count(*) from " + where, DSL.val(id), DSL.val(hashes))
            .get(0, Long.class)
        : db.execute("delete from " + where, DSL.val(id), DSL.val(hashes));
  }

  /** Of all addresses that the person is known by. */
  private byte[][] hashes(DSLContext db, long id) {
    List<String> addresses =
        db.fetch(
                """
                select email_key from profile where id = ? and email_key is not null
                union select value from identity where profile_id = ? and kind = 'email'
                """,
                id,
                id)
            .map(row -> row.get(0, String.class));
    return AddressHash.of(db, database.vault(), addresses).toArray(byte[][]::new);
  }

  /** What quarantined rows about the person can be told by: addresses and identities, in clear. */
  private Set<String> values(DSLContext db, long id, ProfileSchema schema) {
    Set<String> values = new HashSet<>();
    PersonKeys keys = StoredKeys.of(db, database.vault(), List.of(id));
    Set<String> kinds = new HashSet<>(Set.of("email"));
    db.fetch("select kind, value from identity where profile_id = ?", id)
        .forEach(
            row -> {
              kinds.add(row.get(0, String.class));
              if (!database.vault().encrypts(row.get(0, String.class))) {
                values.add(row.get(1, String.class));
              }
            });
    Record profile = db.fetchSingle("select * from profile where id = ?", id);
    for (String kind : kinds) {
      AttributeDefinition attribute = schema.attributes().get(kind);
      if (attribute != null) {
        Object value = keys.open(attribute, profile.get(DSL.name(kind)));
        if (value instanceof String text) {
          values.add(PlainText.line(text));
        }
      }
    }
    return values;
  }
}
