package dev.lettershop.store.bounce;

import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.suppression.SuppressionRows;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * Holds suppressions back when hard bounces of one domain, or with the same words, jump: then it is
 * likelier that a provider refuses the sender than that so many addresses are gone at once. What is
 * held waits for somebody's decision.
 */
final class SuppressionGuard {
  /** Fewer addresses in a day prove nothing. */
  private static final int LEAST = 20;

  /** So many times more than on the busiest of the days before. */
  private static final int JUMP = 3;

  /** At least so many of a hundred hard bounces of the day. */
  private static final int PERCENT_OF_HARD = 50;

  /** At least so many of a hundred mails that the runs in question have sent. */
  private static final int PERCENT_OF_SENT = 2;

  private static final String JUMPED =
      """
      with recent as materialized (
        select address_hash, run_id, %1$s as value from bounce
        where kind = 'Hard' and address_hash is not null
          and recorded_at > now() - interval '1 day' and held is distinct from 'Suppressed'
          and held is distinct from 'Dropped'),
      everybody as (select count(distinct address_hash) as addresses from recent),
      mailed as (
        select coalesce(sum(sent), 0) as mails from lease
        where run_id in (select run_id from recent)),
      usual as (
        select value, max(addresses) as addresses
        from (select %1$s as value, count(distinct address_hash) as addresses
              from bounce
              where kind = 'Hard' and %1$s = any(?) and recorded_at <= now() - interval '1 day'
                and recorded_at > now() - interval '31 days'
              group by 1, date_trunc('day', recorded_at)) days
        group by value)
      select r.value
      from recent r cross join everybody e cross join mailed m
      left join usual u on u.value = r.value
      where r.value = any(?)
      group by r.value, e.addresses, m.mails, u.addresses
      having count(distinct r.address_hash) >= ?
        and count(distinct r.address_hash) >= ? * coalesce(u.addresses, 0)
        and count(distinct r.address_hash) * 100 >= ? * e.addresses
        and count(distinct r.address_hash) * 100 >= ? * m.mails
      """;

  private static final String HOLD =
      """
      update bounce set held = 'Held'
      where kind = 'Hard' and held is null and address_hash is not null and %1$s = any(?)
        and recorded_at > now() - interval '1 day'
      returning address_hash
      """;

  /** What was suppressed within the day for what is held now. */
  private static final String HASTY =
      """
      select address_hash from suppression
      where address_hash = any(?::bytea[]) and reason = ? and source = 'bounces'
        and created_at > now() - interval '1 day'
      """;

  private final DSLContext db;

  SuppressionGuard(DSLContext db) {
    this.db = db;
  }

  /**
   * Holds what has jumped, and lifts what was suppressed for it within the day.
   *
   * @param domains of hard bounces just recorded
   * @param diagnostics of the same
   */
  void watch(Collection<String> domains, Collection<String> diagnostics) {
    hold("domain", domains);
    hold("diagnostic", diagnostics);
  }

  private void hold(String column, Collection<String> values) {
    Set<String> known = new HashSet<>(values);
    known.remove(null);
    if (known.isEmpty()) {
      return;
    }
    String[] asked = known.toArray(String[]::new);
    String[] jumped =
        db.fetch(
                JUMPED.formatted(column),
                asked,
                asked,
                LEAST,
                JUMP,
                PERCENT_OF_HARD,
                PERCENT_OF_SENT)
            .map(r -> r.get(0, String.class))
            .toArray(String[]::new);
    if (jumped.length == 0) {
      return;
    }
    byte[][] held =
        db.fetch(HOLD.formatted(column), (Object) jumped).stream()
            .map(row -> ByteBuffer.wrap(row.get(0, byte[].class)))
            .distinct()
            .map(ByteBuffer::array)
            .toArray(byte[][]::new);
    if (held.length == 0) {
      return;
    }
    List<byte[]> hasty =
        db.fetch(HASTY, held, SuppressionReason.HardBounce.name())
            .map(row -> row.get(0, byte[].class));
    long lifted = SuppressionRows.remove(db, "bounces", hasty, List.of());
    AuditLog.append(
        db,
        "suppressions.held",
        "bounces",
        null,
        Map.of("addresses", held.length, "lifted", lifted, "for", column));
  }
}
