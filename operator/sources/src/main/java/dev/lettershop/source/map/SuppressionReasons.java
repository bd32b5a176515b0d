package dev.lettershop.source.map;

import dev.lettershop.store.suppression.SuppressionReason;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reasons as lists of mail services write them. */
final class SuppressionReasons {
  private static final Map<String, SuppressionReason> KNOWN = new HashMap<>();

  static {
    for (SuppressionReason reason : SuppressionReason.values()) {
      know(reason, reason.name());
    }
    know(
        SuppressionReason.HardBounce,
        "hard",
        "bounce",
        "bounced",
        "hard bounced",
        "permanent",
        "invalid",
        "cleaned",
        "undeliverable");
    know(SuppressionReason.SoftBounces, "soft", "soft bounce", "soft bounced");
    know(
        SuppressionReason.Complaint,
        "complained",
        "spam",
        "spam report",
        "spam complaint",
        "marked as spam",
        "contact flagged as spam",
        "abuse");
    know(
        SuppressionReason.Unsubscribed,
        "unsubscribe",
        "opt out",
        "opted out",
        "unsubscribed via email",
        "unsubscribed via api",
        "user suppressed");
    know(
        SuppressionReason.Other,
        "manual",
        "manual suppression",
        "admin blocked",
        "blocked",
        "blocklisted",
        "blacklisted");
  }

  private SuppressionReasons() {}

  private static void know(SuppressionReason reason, String... names) {
    for (String name : names) {
      KNOWN.put(plain(name), reason);
    }
  }

  /** Empty when it is none that is known. */
  static Optional<SuppressionReason> of(String text) {
    return Optional.ofNullable(KNOWN.get(plain(text)));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
