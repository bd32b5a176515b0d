package dev.lettershop.store.ledger;

/**
 * Who may be mailed, as SQL over a profile {@code p}, its {@code consent_state c} for the topic (or
 * none) and expressions for the topic and its opt-in rule. The same at freezing and at claiming.
 *
 * <p>A refusal is of the address: it counts for every profile with that address, unless the profile
 * itself has granted its consent later.
 */
public final class Eligibility {

  private static final String SAME_ADDRESS =
      "s.address_hash = sha256(convert_to(p.email_key, 'UTF8'))";

  private Eligibility() {}

  /**
   * An expression that is null for somebody who may be mailed, and the reason's key otherwise. For
   * many profiles at once: suppression is read as a whole. Needs {@link #refusals}.
   *
   * @param optIn SQL for the topic's opt-in rule, as text
   */
  public static String ofMany(String optIn) {
    return reason(
        optIn,
        "o.refused_at",
        "exists (select from suppression s where %s)",
        "exists (select from domain_suppression s where %s)",
        "exists (select from pause s where %s)");
  }

  /**
   * A join that tells when an address was refused last, for {@link #ofMany}.
   *
   * @param topic SQL for the topic
   */
  public static String refusals(String topic) {
    return """
        left join (
          select email_key, max(occurred_at) as refused_at from opt_out
          where topic = %s group by 1) o on o.email_key = p.email_key"""
        .formatted(topic);
  }

  /**
   * The same for a batch of profiles: refusals and suppression are looked up for each, however many
   * there are.
   */
  static String ofFew(String topic, String optIn) {
    // EXISTS could be turned into a scan of the whole table; a scalar subquery cannot.
    return reason(
        optIn,
        """
        (select max(o.occurred_at) from opt_out o
         where o.email_key = p.email_key and o.topic = %s)"""
            .formatted(topic),
        "(select true from suppression s where %s limit 1)",
        "(select true from domain_suppression s where %s limit 1)",
        "(select true from pause s where %s limit 1)");
  }

  private static String reason(
      String optIn, String refusedAt, String suppressed, String domainSuppressed, String paused) {
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
            suppressed.formatted(SAME_ADDRESS),
            domainSuppressed.formatted("s.domain = split_part(p.email_key, '@', 2)"),
            optIn,
            paused.formatted(SAME_ADDRESS + " and s.until > now()"));
  }
}
