package dev.lettershop.store.suppression;

import java.time.Instant;

/**
 * Which suppressions are meant: those that meet all that is not null.
 *
 * @param address as somebody writes it
 * @param domain the domain itself, and the addresses of profiles in it
 * @param since those added at that moment or later
 * @param until those added before that moment
 */
public record SuppressionQuery(
    String address, String domain, SuppressionReason reason, Instant since, Instant until) {

  /** All. */
  public static final SuppressionQuery ALL = new SuppressionQuery(null, null, null, null, null);

  /** One address. */
  public static SuppressionQuery ofAddress(String address) {
    return new SuppressionQuery(address, null, null, null, null);
  }

  /** Without the address: that is personal. */
  @Override
  public String toString() {
    return "SuppressionQuery[" + domain + ", " + reason + "]";
  }
}
