package dev.lettershop.store.suppression;

import dev.lettershop.store.audit.AuditLog;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * The statements that write suppressions, each with its entry in the audit log. They belong at the
 * end of the caller's transaction: the audit log is locked from then on.
 */
public final class SuppressionRows {
  private static final String ADD =
      """
      with added as (
        insert into suppression
          (address_hash, listed, reason, source, message, code, run_id, note, created_at)
        %s
        on conflict do nothing returning address_hash)
      select count(*), min(encode(address_hash, 'hex')) from added
      """;
  private static final String ADD_DOMAINS =
      """
      insert into domain_suppression (domain, reason, source, note, created_at)
      %s
      on conflict do nothing returning domain
      """;

  private SuppressionRows() {}

  /**
   * Who adds suppressions, for the audit log.
   *
   * @param profileId whose address it is, or null
   * @param detail without personal data
   */
  public record Author(String actor, Long profileId, Map<String, Object> detail) {
    public Author {
      detail = Map.copyOf(detail);
    }
  }

  /**
   * Adds addresses. Those that are there already keep their reason.
   *
   * @param rows SQL for the columns address_hash, listed, reason, source, message, code, run_id,
   *     note and created_at
   * @return how many are new
   */
  public static long add(DSLContext db, Author author, String rows, Object... bindings) {
    Record added = db.fetchSingle(ADD.formatted(rows), bindings);
    long count = added.get(0, Long.class);
    if (count > 0) {
      Map<String, Object> detail = new TreeMap<>(author.detail());
      detail.put("addresses", count);
      if (count == 1) {
        detail.put("address", added.get(1, String.class));
      }
      AuditLog.append(db, "suppression.added", author.actor(), author.profileId(), detail);
    }
    return count;
  }

  /**
   * Adds domains. Those that are there already keep their reason.
   *
   * @param rows SQL for the columns domain, reason, source, note and created_at
   * @return how many are new
   */
  public static long addDomains(DSLContext db, Author author, String rows, Object... bindings) {
    var added = db.fetch(ADD_DOMAINS.formatted(rows), bindings);
    if (!added.isEmpty()) {
      Map<String, Object> detail = new TreeMap<>(author.detail());
      detail.put("domains", added.size());
      if (added.size() == 1) {
        detail.put("domain", added.get(0).get(0, String.class));
      }
      AuditLog.append(db, "suppression.added", author.actor(), null, detail);
    }
    return added.size();
  }

  /**
   * Lifts suppressions.
   *
   * @param addresses by their hash
   * @return how many of the addresses were suppressed
   */
  public static long remove(
      DSLContext db, String actor, Collection<byte[]> addresses, Collection<String> domains) {
    byte[][] hashes = addresses.toArray(byte[][]::new);
    long removed =
        db.execute("delete from suppression where address_hash = any(?::bytea[])", (Object) hashes);
    if (!domains.isEmpty()) {
      db.execute(
          "delete from domain_suppression where domain = any(?::text[])",
          (Object) domains.toArray(String[]::new));
    }
    if (removed > 0 || !domains.isEmpty()) {
      Map<String, Object> detail = new TreeMap<>();
      detail.put("addresses", removed);
      detail.put("domains", domains);
      if (hashes.length == 1) {
        detail.put("address", HexFormat.of().formatHex(hashes[0]));
      }
      AuditLog.append(db, "suppression.removed", actor, null, detail);
    }
    return removed;
  }
}
