package dev.lettershop.store.ledger;

import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.suppression.AddressHash;

/**
 * Who may be mailed, as SQL over a profile {@code p}, its {@code consent_state c} for the topic (or
 * none) and expressions for the topic and its opt-in rule. The same at freezing and at claiming.
 *
 * <p>A refusal is of the address: it counts for every profile with that address, unless the profile
 * itself has granted its consent later.
 */
public final class Eligibility {

  private Eligibility() {}

  /**
   * An expression that is null for somebody who may be mailed, and the reason's key otherwise. For
   * many profiles at once: suppression is read as a whole. Needs {@link #joins}.
   *
   * @param vault of the store
   * @param optIn SQL for the topic's opt-in rule, as text
   */
  public static String ofMany(Vault vault, String optIn) {
    String listed =
        """
         or (select exists (select from suppression where listed = 'Sha256'))
            and exists (select from suppression s
                        where s.listed = 'Sha256' and s.address_hash = %s)"""
            .formatted(AddressHash.listedSql("p.email_key"));
    return reason(
        optIn,
        "o.refused_at",
        "s.address_hash = h.hash",
        "exists (select from suppression s where %s)" + (vault.encrypts() ? "" : listed),
        "exists (select from domain_suppression s where %s)",
        "exists (select from pause s where %s)");
  }

  /**
   * Joins that tell when an address was refused last, and its hash, for {@link #ofMany}.
   *
   * @param topic SQL for the topic
   */
  public static String joins(Vault vault, String topic) {
    return """
        left join (
          select email_key, max(occurred_at) as refused_at from opt_out
          where topic = %s group by 1) o on o.email_key = p.email_key
        cross join lateral (select %s as hash offset 0) h"""
        .formatted(topic, AddressHash.sql(vault, "p.email_key"));
  }

  /**
   * The same for a batch of profiles: refusals and suppression are looked up for each, however many
   * there are. Where the topic is null the mail is transactional, and an address that is suppressed
   * because somebody unsubscribed gets it.
   */
  public static String ofFew(Vault vault, String topic, String optIn) {
    // EXISTS could be turned into a scan of the whole table; a scalar subquery cannot.
    String counts =
        " and (cast(%s as text) is not null or s.reason <> 'Unsubscribed') limit 1)"
            .formatted(topic);
    String listed =
        "(select true from suppression s where (%s or s.listed = 'Sha256' and s.address_hash = "
            + AddressHash.listedSql("p.email_key")
            + ")"
            + counts;
    return reason(
        optIn,
        """
        (select max(o.occurred_at) from opt_out o
         where o.email_key = p.email_key and o.topic = %s)"""
            .formatted(topic),
        "s.address_hash = " + AddressHash.sql(vault, "p.email_key"),
        vault.encrypts() ? "(select true from suppression s where %s" + counts : listed,
        "(select true from domain_suppression s where %s limit 1)",
        "(select true from pause s where %s limit 1)");
  }

  private static String reason(
      String optIn,
      String refusedAt,
      String sameAddress,
      String suppressed,
      String domainSuppressed,
      String paused) {
    return """
        case
          when p.email_key is null then 'noAddress'
          when not (case when %s = 'Implied'
                         then coalesce(c.status, 'Granted') not in ('Denied', 'Withdrawn')
                         else coalesce(c.status, 'Denied') = 'Granted' end)
            or %s >= coalesce(case when c.status = 'Granted' then c.occurred_at end, '-infinity')
            then 'noConsent'
          when %s or %s then 'suppressed'
          when %s <> 'Implied' and %s then 'paused'
        end"""
        .formatted(
            optIn,
            refusedAt,
            suppressed.formatted(sameAddress),
            domainSuppressed.formatted("s.domain = split_part(p.email_key, '@', 2)"),
            optIn,
            paused.formatted(sameAddress + " and s.until > now()"));
  }
}
