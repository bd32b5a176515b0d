package dev.lettershop.insight.report;

import java.util.Map;

/** Why people get no mail, in words, by the key that stands in the ledger. */
final class SkipMeanings {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("excluded", "In a segment that the audience excludes"),
          Map.entry("noAddress", "No address that mail can be sent to"),
          Map.entry("noConsent", "No consent to the topic"),
          Map.entry("suppressed", "The address or its domain is suppressed"),
          Map.entry("paused", "The owner of the address wants no mail for a while"),
          Map.entry("frequencyCap", "Has had as much mail as the frequency cap allows"),
          Map.entry("duplicateAddress", "Another profile with the same address got the mail"),
          Map.entry("holdout", "In the hold-out group, for comparison"),
          Map.entry("controlGroup", "In the group that no campaign mails, for comparison"),
          Map.entry("noWinner", "Waited for a decision between variants, which found no winner"),
          Map.entry("profileGone", "Erased or merged since the audience was decided"),
          Map.entry("notInAudience", "In none of the included segments"),
          Map.entry("notMatching", "What the trigger's condition asks for did not hold"),
          Map.entry("cancelled", "Did what makes the mail needless"),
          Map.entry("reentry", "Has had the mail as often lately as the trigger allows"),
          Map.entry("restarted", "Did the same again before the mail was due"),
          Map.entry("late", "Not reached before the starting deadline"),
          Map.entry("stale", "Whether it was cancelled was not known in time"));

  private SkipMeanings() {}

  /** The reason in words; the key itself for one that is not known here. */
  static String of(String reason) {
    return WORDS.getOrDefault(reason, reason);
  }
}
