package dev.lettershop.delivery.bounce;

import dev.lettershop.delivery.bounce.Verdict.Meaning;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells what a message is: pure, without regard to whom it is about. What machines wrote for
 * machines comes first, then who writes and how, and only then the subject, which may be the one of
 * the mail that is answered.
 */
final class BounceRules {
  /** RFC 5965 section 7.3; the others are no complaints of readers. */
  private static final Set<String> COMPLAINTS =
      Set.of("abuse", "fraud", "virus", "other", "opt-out", "opt-out-list");

  private static final Pattern MAIL_SYSTEM =
      Pattern.compile(
          "mailer[-_. ]?daemon|post_?master|mail[-. ]?deliver[-a-z]*[-. ]?(sub)?system"
              + "|mail[-. ]?administrator|\\bmdaemon@|\\bmailsystem@|^<>$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RETURNED =
      Pattern.compile(
          "undeliver|non[- ]?deliver|not deliver|deliver(y|ing)? (status|failure|failed|problem|error"
              + "|incomplete|notification)|fail(ure|ed) (notice|delivery|mail)|returned (mail|to sender)"
              + "|returning (to|message)|mail (delivery )?(failed|failure|system error)"
              + "|could not be delivered|processing error|automatically rejected|user unknown"
              + "|unzustellbar|nicht zugestellt|non remis|non recens|échec de la remise"
              + "|no se (ha )?(podido|pudo) entregar|mancata consegna|onbestelbaar");

  /** How mail systems begin when they return a mail; nobody else writes so. */
  private static final Pattern NOT_DELIVERED =
      Pattern.compile(
          "(could not|couldn't|cannot|can't|was not|wasn't|not able to|unable to|did not|not) (be )?"
              + "(deliver|reach|receive)|undeliver|fail(ed|ure)[^.\\n]{0,40}deliver"
              + "|deliver[^.\\n]{0,80}(fail|problem|error|aborted)|permanent (fatal |delivery )?error"
              + "|addresses had|automatically rejected|non-delivery|has been returned|rejected by"
              + "|no valid recipients|(unable|failed) to send|could not be sent"
              + "|nicht (zugestellt|ausgeliefert)|n'a pas (pu|été)|送信できませんでした|配信できません",
          Pattern.CASE_INSENSITIVE);

  /** The mail is still under way. */
  private static final Pattern DELAYED =
      Pattern.compile(
          "warning message only|do not need to resend|has not yet been delivered|(just|only) a warning"
              + "|(will|to) (be retried|retry|keep trying|continue to (try|attempt))|still being retried"
              + "|(has been|is|was) (delayed|postponed)|delivery attempts will continue"
              + "|temporary problem delivering|could not send message for past"
              + "|temporary failure report|advisory-only",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern AWAY =
      Pattern.compile(
          "out of (the )?office|automatic reply|auto(matic)?[- :]?(reply|response)|autoreply"
              + "|auto: |vacation|on holiday|abwesen|réponse automatique|respuesta automática");

  private static final Pattern ANSWER = Pattern.compile("^\\s*(re|aw|antw|sv|réf?|rif)\\s*:");

  private BounceRules() {}

  static Verdict judge(ReadMessage message) {
    Optional<String> feedback = message.part("message/feedback-report");
    if (message.isReport("feedback-report") || feedback.isPresent()) {
      return complaint(feedback.orElse(""));
    }
    if (message.isReport("disposition-notification")) {
      return disposition(message);
    }
    var status = message.part("message/delivery-status", "message/global-delivery-status");
    Verdict verdict =
        status.map(report -> delivery(report, message)).orElse(Verdict.of(Meaning.Unknown));
    if (verdict.meaning() != Meaning.Unknown) {
      return verdict;
    }
    return SesNotice.judge(message).orElseGet(() -> withoutReport(message));
  }

  private static Verdict withoutReport(ReadMessage message) {
    if (isForwardedComplaint(message)) {
      return new Verdict(Meaning.Complaint, "abuse", null);
    }
    boolean automatic = isAutomatic(message);
    boolean system = isMailSystem(message);
    if (!system && (automatic || AWAY.matcher(message.subject()).find())) {
      return Verdict.of(Meaning.Ignored);
    }
    if (system || looksReturned(message)) {
      Verdict verdict = freeForm(message);
      if (verdict.meaning() != Meaning.Unknown) {
        return verdict;
      }
    }
    return automatic ? Verdict.of(Meaning.Ignored) : Verdict.of(Meaning.Unknown);
  }

  private static Verdict complaint(String report) {
    List<Map<String, String>> groups = ReportFields.groups(report);
    Map<String, String> fields = groups.isEmpty() ? Map.of() : groups.get(0);
    String type = fields.getOrDefault("feedback-type", "").toLowerCase(Locale.ROOT);
    if (type.isEmpty()) {
      return Verdict.of(Meaning.Unknown);
    }
    return COMPLAINTS.contains(type)
        ? new Verdict(Meaning.Complaint, type, ReportFields.address(fields.get("original-rcpt-to")))
        : Verdict.of(Meaning.Ignored);
  }

  /** As Outlook.com forwards what its readers call spam, without a machine part. */
  private static boolean isForwardedComplaint(ReadMessage message) {
    return message.subject().startsWith("complaint about message from")
        && message.hasOriginal()
        && message.from().toLowerCase(Locale.ROOT).contains("staff@hotmail.com");
  }

  /** Dovecot refuses a mail in the shape of a receipt. */
  private static Verdict disposition(ReadMessage message) {
    return isMailSystem(message) && message.subject().contains("rejected")
        ? freeForm(message)
        : Verdict.of(Meaning.Ignored);
  }

  /** A return address is of one recipient, so one group that failed is all there can be. */
  private static Verdict delivery(String report, ReadMessage message) {
    boolean understood = false;
    for (Map<String, String> group : ReportFields.groups(report)) {
      String action = group.getOrDefault("action", "").toLowerCase(Locale.ROOT);
      String status = group.getOrDefault("status", "");
      boolean refused = action.isEmpty() && status.startsWith("5");
      if (action.startsWith("failed") || action.startsWith("expired") || refused) {
        String recipient = group.getOrDefault("original-recipient", group.get("final-recipient"));
        return StatusRules.judge(
            status.isEmpty() ? "5.0.0" : status,
            group.getOrDefault("diagnostic-code", ""),
            message.notice(),
            ReportFields.address(recipient));
      }
      understood |=
          status.startsWith("2")
              || Set.of("delayed", "delivered", "relayed", "expanded").contains(action);
    }
    return Verdict.of(understood ? Meaning.Ignored : Meaning.Unknown);
  }

  /** Bounces from before the standard, and from servers that do not keep to it. */
  private static Verdict freeForm(ReadMessage message) {
    String notice = message.notice();
    if (DELAYED.matcher(message.subject()).find()
        || message.subject().contains("(delay)")
        || DELAYED.matcher(notice).find()) {
      return Verdict.of(Meaning.Ignored);
    }
    String failed = message.field("X-Failed-Recipients");
    String reported = failed.isEmpty() ? null : failed;
    Verdict verdict = StatusRules.judge(null, "", notice, reported);
    if (verdict.meaning() == Meaning.Unknown) {
      verdict = StatusRules.judge(null, "", message.subject(), reported);
    }
    boolean returned =
        reported != null
            || verdict.code() != null && isMailSystem(message)
            || RETURNED.matcher(message.subject()).find()
            || NOT_DELIVERED.matcher(notice).find();
    if (!returned) {
      return Verdict.of(Meaning.Unknown);
    }
    return verdict.meaning() == Meaning.Unknown
        ? new Verdict(Meaning.Soft, verdict.code(), reported)
        : verdict;
  }

  private static boolean isMailSystem(ReadMessage message) {
    String from = message.from();
    return !message.field("X-Failed-Recipients").isEmpty()
        || MAIL_SYSTEM.matcher(from).find()
        || from.isEmpty() && isFromNobody(message);
  }

  /** A subject alone proves nothing: it has to be a new mail whose text says the same. */
  private static boolean looksReturned(ReadMessage message) {
    return (RETURNED.matcher(message.subject()).find() || isFromNobody(message))
        && !ANSWER.matcher(message.subject()).find()
        && message.field("In-Reply-To").isEmpty()
        && NOT_DELIVERED.matcher(message.notice()).find();
  }

  /** RFC 5321 section 4.5.5: notices of mail systems have no return path. */
  private static boolean isFromNobody(ReadMessage message) {
    return message.field("Return-Path").equals("<>");
  }

  /** RFC 3834 section 5, and what came before it. */
  private static boolean isAutomatic(ReadMessage message) {
    String submitted = message.field("Auto-Submitted").toLowerCase(Locale.ROOT);
    return !submitted.isEmpty() && !submitted.startsWith("no")
        || !message.field("X-Autoreply").isEmpty()
        || !message.field("X-Autorespond").isEmpty()
        || !message.field("X-Auto-Response-Suppress").isEmpty()
            && AWAY.matcher(message.subject()).find()
        || Set.of("auto_reply", "auto-reply")
            .contains(message.field("Precedence").toLowerCase(Locale.ROOT));
  }
}
