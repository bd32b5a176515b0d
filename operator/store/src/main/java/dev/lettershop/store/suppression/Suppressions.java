package dev.lettershop.store.suppression;

import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.Vault;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/**
 * Addresses and domains that get no mail, whatever was consented to. Whatever adds or lifts one, it
 * stands in the audit log. Thread-safe.
 */
public final class Suppressions {
  private final Database database;

  public Suppressions(Database database) {
    this.database = database;
  }

  /**
   * Adds addresses, kept as hashes only. Those that are there already keep their reason; those to
   * which no mail could go anyway are ignored.
   *
   * @return how many are new
   */
  public long add(Collection<String> addresses, SuppressionCause cause) {
    Vault vault = database.vault();
    List<String> keys =
        addresses.stream()
            .flatMap(address -> EmailKey.of(address).stream())
            .map(vault::address)
            .toList();
    return database.<Long>transact(
        "suppress addresses", db -> add(db, AddressHash.of(db, vault, keys), false, cause, null));
  }

  /**
   * Adds addresses of which a list from elsewhere has only the hashes.
   *
   * @param digests SHA-256 of addresses that are trimmed and in lower case
   * @return how many are new
   */
  public long addHashed(Collection<byte[]> digests, SuppressionCause cause) {
    Vault vault = database.vault();
    return database.<Long>transact(
        "suppress hashed addresses",
        db -> add(db, AddressHash.ofListed(db, vault, digests), !vault.encrypts(), cause, null));
  }

  /**
   * Adds one address in the caller's transaction, which comes to its end with this: the audit log
   * is written.
   *
   * @param hash by {@link AddressHash}
   * @param profileId whose address it is, or null
   * @return whether it is new
   */
  public static boolean add(DSLContext db, byte[] hash, SuppressionCause cause, Long profileId) {
    return add(db, List.of(hash), false, cause, profileId) == 1;
  }

  private static long add(
      DSLContext db,
      Collection<byte[]> hashes,
      boolean listed,
      SuppressionCause cause,
      Long profileId) {
    long added =
        db.execute(
            """
            insert into suppression
              (address_hash, listed, reason, source, message, code, run_id, note)
            select distinct h, ?, ?, ?, ?, ?, ?::bigint, ? from unnest(?::bytea[]) h
            on conflict do nothing
            """,
            listed,
            cause.reason().name(),
            cause.source(),
            cause.message(),
            cause.code(),
            cause.runId(),
            cause.note(),
            hashes.toArray(byte[][]::new));
    if (added > 0) {
      Map<String, Object> detail = detail(cause);
      detail.put("addresses", added);
      if (hashes.size() == 1) {
        detail.put("address", HexFormat.of().formatHex(hashes.iterator().next()));
      }
      AuditLog.append(db, "suppression.added", cause.source(), profileId, detail);
    }
    return added;
  }

  private static Map<String, Object> detail(SuppressionCause cause) {
    Map<String, Object> detail = new TreeMap<>();
    detail.put("reason", cause.reason().name());
    if (cause.runId() != null) {
      detail.put("run", cause.runId());
    }
    if (cause.code() != null) {
      detail.put("code", cause.code());
    }
    return detail;
  }

  /**
   * Adds a domain: nobody there is mailed. Its subdomains are not meant.
   *
   * @return whether it is new
   * @throws IllegalArgumentException when no mail goes to such a domain
   */
  public boolean addDomain(String domain, SuppressionCause cause) {
    String key = domainKey(domain);
    return database.transact(
        "suppress a domain",
        db -> {
          boolean added =
              db.execute(
                      """
                      insert into domain_suppression (domain, reason, source, note)
                      values (?, ?, ?, ?) on conflict do nothing
                      """,
                      key,
                      cause.reason().name(),
                      cause.source(),
                      cause.note())
                  == 1;
          if (added) {
            Map<String, Object> detail = detail(cause);
            detail.put("domain", key);
            AuditLog.append(db, "suppression.added", cause.source(), null, detail);
          }
          return added;
        });
  }

  static String domainKey(String domain) {
    return EmailKey.domainOf(domain)
        .orElseThrow(() -> new IllegalArgumentException("No mail goes to such a domain"));
  }

  /** The newest that are meant, the newest first. */
  public List<Suppression> list(SuppressionQuery query, int limit) {
    return database.transact(
        "list suppressions", db -> new SuppressionReading(db, database.vault()).list(query, limit));
  }

  /**
   * Lifts suppressions: mail may go there again, as far as consents allow it. Soft bounces of these
   * addresses count from nothing. Those of erased people are lifted only when their address is
   * named.
   *
   * @param actor who asks for it, for the audit log
   * @param dryRun whether it is only said what would be lifted
   */
  public Lifted remove(SuppressionQuery query, String actor, boolean dryRun) {
    if (query.equals(SuppressionQuery.ALL)) {
      throw new IllegalArgumentException("Say which suppressions to lift");
    }
    return database.transact(
        "lift suppressions",
        db -> {
          SuppressionReading reading = new SuppressionReading(db, database.vault());
          List<byte[]> addresses = reading.addresses(query);
          List<String> domains = reading.domains(query);
          Lifted lifted = new Lifted(addresses.size(), domains.size());
          if (dryRun || lifted.isNothing()) {
            return lifted;
          }
          byte[][] hashes = addresses.toArray(byte[][]::new);
          db.execute(
              "delete from suppression where address_hash = any(?::bytea[])", (Object) hashes);
          db.execute(
              "delete from bounce where kind = 'Soft' and address_hash = any(?::bytea[])",
              (Object) hashes);
          db.execute(
              "delete from domain_suppression where domain = any(?::text[])",
              (Object) domains.toArray(String[]::new));
          Map<String, Object> detail = new HashMap<>();
          detail.put("addresses", addresses.size());
          detail.put("domains", domains);
          if (addresses.size() == 1) {
            detail.put("address", HexFormat.of().formatHex(addresses.get(0)));
          }
          AuditLog.append(db, "suppression.removed", actor, null, detail);
          return lifted;
        });
  }

  /** What was lifted, or would be. */
  public record Lifted(long addresses, long domains) {
    public boolean isNothing() {
      return addresses + domains == 0;
    }
  }

  /**
   * All that stands against mail to one address.
   *
   * @throws IllegalArgumentException when no mail could go to such an address
   */
  public AddressReport explain(String address) {
    return database.transact(
        "explain the suppression of an address",
        db -> new SuppressionReading(db, database.vault()).explain(address));
  }
}
