package dev.lettershop.bounce;

import dev.lettershop.bounce.Verdict.Meaning;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells what a message is: pure, without regard to whom it is about. */
final class BounceRules {
  /** RFC 5965 section 7.3; the others are no complaints of readers. */
  private static final Set<String> COMPLAINTS =
      Set.of("abuse", "fraud", "virus", "other", "opt-out", "opt-out-list");

  private static final Pattern RETURNED_BY =
      Pattern.compile(
          "mailer-daemon|postmaster|mail delivery (sub)?system", Pattern.CASE_INSENSITIVE);

  private static final Pattern RETURNED =
      Pattern.compile(
          "undeliver|non[- ]?deliver|delivery (status|failure|failed|problem|incomplete)|failure"
              + " (notice|delivery)|returned (mail|to sender)|mail delivery failed|could not be"
              + " delivered|unzustellbar|non remis");

  private static final Pattern AWAY =
      Pattern.compile(
          "out of (the )?office|automatic reply|auto(matic)?[- ]?(reply|response)|autoreply"
              + "|vacation|on holiday|abwesen|réponse automatique|respuesta automática");

  /** Where servers begin to quote the mail, whose words must not count. */
  private static final Pattern QUOTE =
      Pattern.compile(
          "(?im)^(-{3,}.*(original|copy of|returned message|below this line).*"
              + "|this is a copy of.*|return-path:.*|received:.*)$");

  private BounceRules() {}

  static Verdict judge(ReadMessage message) {
    if (message.isReport("feedback-report")
        || message.part("message/feedback-report").isPresent()) {
      return complaint(message);
    }
    var status = message.part("message/delivery-status", "message/global-delivery-status");
    if (status.isPresent()) {
      return delivery(status.get(), message);
    }
    if (message.isReport("disposition-notification")) {
      return Verdict.of(Meaning.Ignored);
    }
    if (isReturned(message)) {
      return freeForm(message);
    }
    return isAutomatic(message) ? Verdict.of(Meaning.Ignored) : Verdict.of(Meaning.Unknown);
  }

  private static Verdict complaint(ReadMessage message) {
    List<Map<String, String>> groups =
        ReportFields.groups(message.part("message/feedback-report").orElse(""));
    Map<String, String> fields = groups.isEmpty() ? Map.of() : groups.get(0);
    String type = fields.getOrDefault("feedback-type", "").toLowerCase(Locale.ROOT);
    if (type.isEmpty()) {
      return Verdict.of(Meaning.Unknown);
    }
    return COMPLAINTS.contains(type)
        ? new Verdict(Meaning.Complaint, type, ReportFields.address(fields.get("original-rcpt-to")))
        : Verdict.of(Meaning.Ignored);
  }

  /** A return address is of one recipient, so one group that failed is all there can be. */
  private static Verdict delivery(String report, ReadMessage message) {
    boolean understood = false;
    for (Map<String, String> group : ReportFields.groups(report)) {
      String action = group.getOrDefault("action", "").toLowerCase(Locale.ROOT);
      if (action.startsWith("failed")) {
        String recipient = group.getOrDefault("original-recipient", group.get("final-recipient"));
        String words = group.getOrDefault("diagnostic-code", "");
        Verdict verdict =
            StatusRules.judge(group.get("status"), words, ReportFields.address(recipient));
        return verdict.meaning() == Meaning.Unknown
            ? StatusRules.judge("5.0.0", words(message), ReportFields.address(recipient))
            : verdict;
      }
      understood |= Set.of("delayed", "delivered", "relayed", "expanded").contains(action);
    }
    return Verdict.of(understood ? Meaning.Ignored : Meaning.Unknown);
  }

  /** Bounces from before the standard, and from servers that do not keep to it. */
  private static Verdict freeForm(ReadMessage message) {
    String failed = message.field("X-Failed-Recipients");
    return StatusRules.judge(null, words(message), failed.isEmpty() ? null : failed);
  }

  private static boolean isReturned(ReadMessage message) {
    return !message.field("X-Failed-Recipients").isEmpty()
        || RETURNED_BY.matcher(message.field("From")).find()
        || RETURNED.matcher(message.subject()).find();
  }

  /** RFC 3834 section 5, and what came before it. */
  private static boolean isAutomatic(ReadMessage message) {
    String submitted = message.field("Auto-Submitted").toLowerCase(Locale.ROOT);
    return !submitted.isEmpty() && !submitted.equals("no")
        || !message.field("X-Autoreply").isEmpty()
        || !message.field("X-Autorespond").isEmpty()
        || message.field("Precedence").equalsIgnoreCase("auto_reply")
        || AWAY.matcher(message.subject()).find();
  }

  private static String words(ReadMessage message) {
    String text = message.part("text/plain").or(() -> message.part("text/html")).orElse("");
    return QUOTE.split(text, 2)[0];
  }
}
