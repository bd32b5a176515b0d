package dev.lettershop.store.ledger;

/**
 * Who may be mailed, as SQL over a profile {@code p}, its {@code consent_state c} for the topic (or
 * none) and an expression for the topic's opt-in rule. The same at freezing and at claiming.
 */
public final class Eligibility {

  private static final String SAME_ADDRESS =
      "s.address_hash = sha256(convert_to(p.email_key, 'UTF8'))";

  private Eligibility() {}

  /**
   * An expression that is null for somebody who may be mailed, and the reason's key otherwise. For
   * many profiles at once: suppression is read as a whole.
   *
   * @param optIn SQL for the topic's opt-in rule, as text
   */
  public static String ofMany(String optIn) {
    return reason(
        optIn,
        "exists (select from suppression s where %s)",
        "exists (select from domain_suppression s where %s)",
        "exists (select from pause s where %s)");
  }

  /** The same for a batch of profiles: suppression is looked up for each, however large it is. */
  static String ofFew(String optIn) {
    // EXISTS could be turned into a scan of the whole table; a scalar subquery cannot.
    return reason(
        optIn,
        "(select true from suppression s where %s limit 1)",
        "(select true from domain_suppression s where %s limit 1)",
        "(select true from pause s where %s limit 1)");
  }

  private static String reason(
      String optIn, String suppressed, String domainSuppressed, String paused) {
    return """
        case
          when p.email_key is null then 'noAddress'
          when not (case when %s = 'Implied'
                         then coalesce(c.status, 'Granted') not in ('Denied', 'Withdrawn')
                         else coalesce(c.status, 'Denied') = 'Granted' end) then 'noConsent'
          when %s or %s then 'suppressed'
          when %s <> 'Implied' and %s then 'paused'
        end"""
        .formatted(
            optIn,
            suppressed.formatted(SAME_ADDRESS),
            domainSuppressed.formatted("s.domain = split_part(p.email_key, '@', 2)"),
            optIn,
            paused.formatted(SAME_ADDRESS + " and s.until > now()"));
  }
}
