package dev.lettershop.store.bounce;

import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.suppression.SuppressionRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Hard bounces whose suppressions are held back until somebody decides. Thread-safe. */
public final class HeldBounces {
  private final Database database;

  public HeldBounces(Database database) {
    this.database = database;
  }

  /**
   * Bounces that are held for one reason.
   *
   * @param domain of the addresses; a token in a store that encrypts
   * @param code of the refusals, or null
   * @param since the first of them
   */
  public record Group(String domain, String code, long addresses, Instant since) {}

  /** What to do with what is held. */
  public enum Decision {
    /** The addresses are gone: they are suppressed. */
    Suppressed,
    /** The addresses are good: they are mailed again. */
    Dropped
  }

  /** Largest first. */
  public List<Group> list() {
    return database.once(
        "list held bounces",
        db ->
            db.fetch(
                    """
                    select domain, code, count(distinct address_hash), min(recorded_at)
                    from bounce where held = 'Held' group by domain, code order by 3 desc, 1, 2
                    """)
                .map(
                    r ->
                        new Group(
                            r.get(0, String.class),
                            r.get(1, String.class),
                            r.get(2, Long.class),
                            r.get(3, Instant.class))));
  }

  /** How many addresses are held. */
  public long count() {
    return database.once(
        "count held bounces",
        db ->
            db.fetchSingle("select count(distinct address_hash) from bounce where held = 'Held'")
                .get(0, Long.class));
  }

  /**
   * Decides about what is held.
   *
   * @param domain as {@link #list} gives it, or null for all
   * @return how many addresses were decided about
   */
  public long decide(String domain, Decision decision) {
    return database.<Long>transact(
        "decide about held bounces",
        db -> {
          List<byte[]> hashes =
              db.fetch(
                      """
                      update bounce set held = ?
                      where held = 'Held' and (?::text is null or domain = ?)
                      returning address_hash
                      """,
                      decision.name(),
                      domain,
                      domain)
                  .map(r -> r.get(0, byte[].class));
          if (decision == Decision.Suppressed) {
            SuppressionRows.add(
                db,
                new SuppressionRows.Author(
                    "bounces", null, Map.of("reason", SuppressionReason.HardBounce.name())),
                """
                select distinct on (address_hash)
                  address_hash, null, ?, 'bounces', kind, code, run_id, null, now()
                from bounce
                where kind = 'Hard' and held = 'Suppressed' and address_hash = any(?::bytea[])
                order by address_hash, recorded_at desc
                """,
                SuppressionReason.HardBounce.name(),
                hashes.toArray(byte[][]::new));
          }
          long addresses = hashes.stream().map(java.nio.ByteBuffer::wrap).distinct().count();
          if (addresses > 0) {
            AuditLog.append(
                db,
                "suppressions.decided",
                "bounces",
                null,
                Map.of("addresses", addresses, "decision", decision.name()));
          }
          return addresses;
        });
  }
}
