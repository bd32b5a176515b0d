package dev.lettershop.store.person;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.profile.PlainText;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.encryption.PersonKeys;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.schema.ProfileTable;
import dev.lettershop.store.suppression.AddressHash;
import dev.lettershop.store.suppression.Suppressions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Everything that is stored about one person, in clear: what the person may ask for (GDPR Art. 15
 * and 20). Thread-safe.
 */
public final class PersonExport {
  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put(
        "consentStates",
        "select topic, status, occurred_at from consent_state where profile_id = ? order by topic");
    TABLES.put(
        "optOuts",
        """
        select topic, email_key as address, occurred_at from opt_out where profile_id = ?
        order by topic, email_key
        """);
    TABLES.put(
        "events",
        """
        select name, occurred_at, id, properties from event where profile_id = ?
        order by occurred_at, name, id
        """);
    TABLES.put(
        "triggered",
        """
        select t.namespace, t.campaign, t.kind, t.source, e.event_id, e.triggered_at, e.properties,
               e.outcome, e.decided_at
        from trigger_entry e join campaign_trigger t on t.id = e.trigger_id
        where e.profile_id = ? order by e.triggered_at, e.event_id
        """);
    TABLES.put(
        "deliveries",
        """
        select r.namespace, r.campaign, r.name as run, d.state::text as state, d.reason, d.variant,
               d.attempts, d.code, d.updated_at
        from delivery d join run r on r.id = d.run_id where d.profile_id = ? order by d.run_id
        """);
    TABLES.put(
        "hits",
        """
        select h.kind, h.at, r.campaign, r.name as run, array_to_string(l.address, '…') as link,
               h.method, h.prefetch, text(h.network) as network, h.referer, h.agent, h.verdict,
               h.reason
        from hit h left join run r on r.id = h.run_id
        left join link l on h.kind = 'Click' and l.run_id = h.run_id and l.number = h.number
        where h.profile_id = ? order by h.at
        """);
    TABLES.put(
        "engagement",
        """
        select e.kind, e.day, r.campaign, r.name as run, array_to_string(l.address, '…') as link,
               e.verdict, e.reason, e.first_at, e.hits
        from engagement e left join run r on r.id = e.run_id
        left join link l on e.kind = 'Click' and l.run_id = e.run_id and l.number = e.number
        where e.profile_id = ? order by e.first_at
        """);
    TABLES.put(
        "conversions",
        """
        select c.occurred_at, r.campaign, r.name as run, c.attribution, c.value
        from conversion c left join run r on r.id = c.run_id
        where c.profile_id = ? order by c.occurred_at
        """);
    TABLES.put(
        "bounces",
        """
        select r.campaign, r.name as run, b.kind, b.code, b.recorded_at
        from bounce b left join run r on r.id = b.run_id where b.profile_id = ?
        order by b.recorded_at
        """);
    TABLES.put(
        "segments",
        """
        select s.name as segment, m.entered_at, null::timestamptz as left_at
        from membership m join segment s on s.id = m.segment_id where m.profile_id = ?
        union all
        select s.name, h.entered_at, h.left_at
        from membership_history h join segment s on s.id = h.segment_id where h.profile_id = ?
        order by entered_at
        """);
    TABLES.put(
        "models",
        """
        select model, score, cluster, computed_at from model_output where profile_id = ?
        order by model
        """);
    TABLES.put(
        "recommendations",
        """
        select model, items, computed_at from recommendation where profile_id = ? order by model
        """);
    TABLES.put(
        "audit",
        """
        select id, occurred_at, action, actor, detail from audit where profile_id = ? order by id
        """);
  }

  private final Database database;

  public PersonExport(Database database) {
    this.database = database;
  }

  /**
   * Collects what is stored, and writes to the audit log that it was.
   *
   * @param actor who asked for it
   * @return a tree of maps, lists and plain values; empty when there is no such profile
   */
  public Optional<Map<String, Object>> of(long id, ProfileSchema schema, String actor) {
    Optional<Map<String, Object>> all =
        database.transact(
            "export a profile",
            db -> {
              db.execute("set transaction isolation level repeatable read, read only");
              return collect(db, id, schema);
            });
    if (all.isPresent()) {
      new AuditLog(database).append("profile.exported", actor, id, null);
    }
    return all;
  }

  private Optional<Map<String, Object>> collect(DSLContext db, long id, ProfileSchema schema) {
    Record row = db.fetchOne("select * from profile where id = ?", id);
    if (row == null) {
      return Optional.empty();
    }
    Vault vault = database.vault();
    PersonKeys keys = StoredKeys.of(db, vault, List.of(id));
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      Object value = keys.open(attribute, row.get(DSL.name(attribute.name())));
      if (value != null) {
        attributes.put(attribute.name(), plain(value));
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", id);
    all.put("attributes", attributes);
    Object extra = PersonRows.plain(row.get(DSL.name("extra")));
    if (extra != null) {
      all.put("extra", extra);
    }
    List<Map<String, Object>> records = records(db, id, schema, keys);
    all.put("identities", identities(db, id, known(vault, attributes, records)));
    all.put("records", records);
    all.put("consents", new ConsentHistory(database).read(db, id));
    TABLES.forEach((name, query) -> all.put(name, rows(db, id, query)));
    String emailKey = row.get("email_key", String.class);
    all.put("suppressions", suppressions(db, attributes.get("email")));
    all.put(
        "pauses",
        ofAddress(db, emailKey, "select until, paused_at from pause where address_hash = ?"));
    return Optional.of(all);
  }

  private static Object plain(Object value) {
    Object memory = ProfileTable.inMemory(value);
    return memory instanceof java.time.Instant time ? time.toString() : memory;
  }

  private static List<Map<String, Object>> rows(DSLContext db, long id, String query) {
    Object[] binds = new Object[query.length() - query.replace("?", "").length()];
    java.util.Arrays.fill(binds, id);
    return PersonRows.fetch(db, query, binds);
  }

  /** What each record of each source says, where several say something. */
  private static List<Map<String, Object>> records(
      DSLContext db, long id, ProfileSchema schema, PersonKeys keys) {
    List<Map<String, Object>> records =
        PersonRows.fetch(
            db,
            """
            select o.source, o.kind, c.key, c.as_of, c.attributes, c.extra
            from contribution c join origin o on o.id = c.origin where c.profile_id = ?
            order by o.source, c.key
            """,
            id);
    for (Map<String, Object> source : records) {
      Map<String, Object> open = new LinkedHashMap<>();
      JsonNode stored = (JsonNode) source.get("attributes");
      stored
          .fields()
          .forEachRemaining(
              value -> {
                AttributeDefinition attribute = schema.attributes().get(value.getKey());
                if (attribute != null && attribute.encrypted()) {
                  open.put(value.getKey(), plain(keys.open(attribute, value.getValue().asText())));
                } else if (!value.getKey().equals("email_key")) {
                  open.put(value.getKey(), value.getValue());
                }
              });
      source.put("attributes", open);
    }
    return records;
  }

  /** Clear values by what they are found by. */
  private static Map<String, String> known(
      Vault vault, Map<String, Object> attributes, List<Map<String, Object>> records) {
    Map<String, String> known = new HashMap<>();
    note(vault, attributes, known);
    records.forEach(source -> note(vault, (Map<?, ?>) source.get("attributes"), known));
    return known;
  }

  private static void note(Vault vault, Map<?, ?> attributes, Map<String, String> known) {
    attributes.forEach(
        (name, value) -> {
          String kind = name.toString();
          if (vault.encrypts(kind) && value instanceof String text) {
            Optional<String> compared =
                kind.equals("email") ? EmailKey.of(text) : Optional.of(PlainText.line(text));
            compared.ifPresent(c -> known.put(kind + "=" + vault.identity(kind, c), c));
          }
        });
  }

  private static List<Map<String, Object>> identities(
      DSLContext db, long id, Map<String, String> known) {
    List<Map<String, Object>> identities =
        PersonRows.fetch(
            db, "select kind, value from identity where profile_id = ? order by kind, value", id);
    for (Map<String, Object> identity : identities) {
      String clear = known.get(identity.get("kind") + "=" + identity.get("value"));
      if (clear != null) {
        identity.put("value", clear);
      }
    }
    return identities;
  }

  private List<Map<String, Object>> ofAddress(DSLContext db, String emailKey, String query) {
    return emailKey == null
        ? List.of()
        : PersonRows.fetch(db, query, (Object) AddressHash.of(db, database.vault(), emailKey));
  }

  /** Also those that a list from elsewhere has by another hash. */
  private List<Map<String, Object>> suppressions(DSLContext db, Object email) {
    if (email == null || EmailKey.of(email.toString()).isEmpty()) {
      return List.of();
    }
    return Suppressions.of(db, database.vault(), email.toString()).stream()
        .map(
            suppression -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("reason", suppression.reason().name());
              one.put("source", suppression.source());
              one.put("message", suppression.message());
              one.put("code", suppression.code());
              one.put("note", suppression.note());
              one.put("created_at", suppression.since().toString());
              return one;
            })
        .toList();
  }
}
