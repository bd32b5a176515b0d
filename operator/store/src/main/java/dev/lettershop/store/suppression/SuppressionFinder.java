package dev.lettershop.store.suppression;

import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.encryption.Vault;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Finds suppressions. */
final class SuppressionFinder {
  private static final String ADDRESSES =
      """
      select encode(s.address_hash, 'hex'), null::text, s.reason, s.source, s.message, s.code,
             r.namespace || '/' || r.campaign || '/' || r.name, r.topic, s.note, s.created_at
      from suppression s left join run r on r.id = s.run_id where {0}
      """;
  private static final String DOMAINS =
      """
      select null::text, s.domain, s.reason, s.source, null::text, null::text, null::text,
             null::text, s.note, s.created_at
      from domain_suppression s where {1}
      """;

  private final DSLContext db;
  private final Vault vault;

  SuppressionFinder(DSLContext db, Vault vault) {
    this.db = db;
    this.vault = vault;
  }

  List<Suppression> list(SuppressionQuery query, int limit) {
    return db.resultQuery(
            ADDRESSES + " union all " + DOMAINS + " order by 10 desc, 1, 2 limit {2}",
            ofAddresses(query),
            ofDomains(query),
            DSL.val(limit))
        .fetch(SuppressionFinder::suppression);
  }

  /** Hashes of addresses, for lifting. */
  List<byte[]> addresses(SuppressionQuery query) {
    Condition meant = ofAddresses(query);
    if (query.address() == null) {
      meant = meant.and("s.reason <> 'Forgotten'");
    }
    return db.resultQuery(
            "select s.address_hash from suppression s where {0} order by 1 for update", meant)
        .fetch(row -> row.get(0, byte[].class));
  }

  /** Domains, for lifting. */
  List<String> domains(SuppressionQuery query) {
    return db.resultQuery(
            "select s.domain from domain_suppression s where {0} order by 1 for update",
            ofDomains(query))
        .fetch(row -> row.get(0, String.class));
  }

  private Condition ofAddresses(SuppressionQuery query) {
    Condition meant = common(query);
    if (query.address() != null) {
      meant = meant.and(isOf(key(query.address())));
    }
    if (query.domain() != null) {
      meant =
          meant.and(
              DSL.condition(
                  "s.address_hash in (select h from profile p, lateral (values ("
                      + AddressHash.sql(vault, "p.email_key")
                      + "), ("
                      + (vault.encrypts() ? "null::bytea" : AddressHash.listedSql("p.email_key"))
                      + ")) v(h) where split_part(p.email_key, '@', 2) = {0})",
                  DSL.val(Suppressions.domainKey(query.domain()))));
    }
    return meant;
  }

  /** Whether a suppression is of an address, in whatever form it is known. */
  private Condition isOf(String address) {
    Condition meant =
        DSL.condition(
            "s.address_hash = " + AddressHash.sql(vault, "{0}::text"),
            DSL.val(vault.address(address)));
    for (HashForm form : HashForm.values()) {
      meant =
          meant.or(
              DSL.condition(
                  "s.listed = {0} and s.address_hash = " + AddressHash.listedSqlOf("{1}"),
                  DSL.val(form.name()),
                  DSL.val(form.digest(address))));
    }
    return meant;
  }

  private static Condition ofDomains(SuppressionQuery query) {
    Condition meant = common(query);
    if (query.address() != null) {
      return DSL.falseCondition();
    }
    return query.domain() == null
        ? meant
        : meant.and(
            DSL.condition("s.domain = {0}", DSL.val(Suppressions.domainKey(query.domain()))));
  }

  private static Condition common(SuppressionQuery query) {
    Condition meant = DSL.trueCondition();
    if (query.reason() != null) {
      meant = meant.and(DSL.condition("s.reason = {0}", DSL.val(query.reason().name())));
    }
    if (query.since() != null) {
      meant = meant.and(DSL.condition("s.created_at >= {0}", DSL.val(utc(query.since()))));
    }
    if (query.until() != null) {
      meant = meant.and(DSL.condition("s.created_at < {0}", DSL.val(utc(query.until()))));
    }
    return meant;
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private static String key(String address) {
    return EmailKey.of(address)
        .orElseThrow(() -> new IllegalArgumentException("No mail can go to such an address"));
  }

  AddressReport explain(String address) {
    String clear = key(address);
    String key = vault.address(clear);
    String domain = clear.substring(clear.lastIndexOf('@') + 1);
    String hash = HexFormat.of().formatHex(AddressHash.of(db, vault, key));
    List<Suppression> ofAddress = list(SuppressionQuery.ofAddress(address), 1);
    return new AddressReport(
        hash,
        ofAddress.isEmpty() ? null : ofAddress.get(0),
        domain(domain),
        refusals(key),
        db.fetchOptional(
                "select until from pause where address_hash = decode(?, 'hex') and until > now()",
                hash)
            .map(row -> row.get(0, Instant.class))
            .orElse(null),
        AuditLog.aboutSuppression(
            db, ofAddress.isEmpty() ? hash : ofAddress.get(0).address(), domain));
  }

  private Suppression domain(String domain) {
    return db.resultQuery(
            DOMAINS.replace("{1}", "{0}"), DSL.condition("s.domain = {0}", DSL.val(domain)))
        .fetchOptional(SuppressionFinder::suppression)
        .orElse(null);
  }

  private List<AddressReport.Refusal> refusals(String key) {
    return db.fetch(
            """
            select distinct on (topic) topic, profile_id, occurred_at from opt_out
            where email_key = ? order by topic, occurred_at desc
            """,
            key)
        .map(
            row ->
                new AddressReport.Refusal(
                    row.get(0, String.class), row.get(1, Long.class), row.get(2, Instant.class)));
  }

  private static Suppression suppression(Record row) {
    return new Suppression(
        row.get(0, String.class),
        row.get(1, String.class),
        SuppressionReason.valueOf(row.get(2, String.class)),
        row.get(3, String.class),
        row.get(4, String.class),
        row.get(5, String.class),
        row.get(6, String.class),
        row.get(7, String.class),
        row.get(8, String.class),
        row.get(9, OffsetDateTime.class).toInstant());
  }
}
