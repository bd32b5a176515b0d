package dev.lettershop.store.suppression;

import dev.lettershop.store.audit.AuditEntry;
import java.time.Instant;
import java.util.List;

/**
 * All that stands against mail to one address.
 *
 * @param hash of the address, as {@link Suppression#address()} and the audit log have it
 * @param address its suppression, or null
 * @param domain that of its domain, or null
 * @param refusals topics that somebody with the address refuses
 * @param pausedUntil until when its owner wants no mail, or null
 * @param history what was done about its suppression, oldest first
 */
public record AddressReport(
    String hash,
    Suppression address,
    Suppression domain,
    List<Refusal> refusals,
    Instant pausedUntil,
    List<AuditEntry> history) {

  /**
   * A topic that is refused.
   *
   * @param profileId who refused it; another profile with the address that grants its consent later
   *     may be mailed
   */
  public record Refusal(String topic, long profileId, Instant since) {}
}
