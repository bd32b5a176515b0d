package dev.lettershop.store.ledger;

/**
 * Who may be mailed, as SQL over a profile {@code p}, its {@code consent_state c} for the topic (or
 * none) and an expression for the topic's opt-in rule. The same at freezing and at claiming.
 */
public final class Eligibility {

  private Eligibility() {}

  /**
   * An expression that is null for somebody who may be mailed, and the reason's key otherwise.
   *
   * @param optIn SQL for the topic's opt-in rule, as text
   */
  public static String reason(String optIn) {
    return """
        case
          when p.email_key is null then 'noAddress'
          when not (case when %s = 'Implied'
                         then coalesce(c.status, 'Granted') not in ('Denied', 'Withdrawn')
                         else coalesce(c.status, 'Denied') = 'Granted' end) then 'noConsent'
          when exists (select from suppression s
                       where s.address_hash = sha256(convert_to(p.email_key, 'UTF8')))
            or exists (select from domain_suppression s
                       where s.domain = split_part(p.email_key, '@', 2)) then 'suppressed'
        end"""
        .formatted(optIn);
  }
}
