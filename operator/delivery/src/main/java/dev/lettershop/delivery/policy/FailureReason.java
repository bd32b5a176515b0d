package dev.lettershop.delivery.policy;

import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpResult.PermanentFailure;
import dev.lettershop.delivery.smtp.SmtpStage;
import dev.lettershop.store.ledger.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a relay refused a message for good, from its enhanced status code (RFC 3463). */
public final class FailureReason {
  /** It was tried as often as it may be, and always put off. */
  public static final String TRIED_IN_VAIN = "triedInVain";

  private static final Pattern ENHANCED = Pattern.compile("[245]\\.(\\d{1,3})\\.(\\d{1,3})");

  private FailureReason() {}

  /** A word for the ledger. */
  public static String of(SmtpResult result) {
    Matcher enhanced = ENHANCED.matcher(result.code());
    if (!enhanced.find()) {
      return withoutEnhancedCode(result);
    }
    String detail = enhanced.group(2);
    return switch (enhanced.group(1)) {
      case "1" ->
          detail.equals("7") || detail.equals("8") ? "senderRejected" : Outcome.ADDRESS_REJECTED;
      case "2" -> detail.equals("2") ? "mailboxFull" : "mailboxUnavailable";
      case "3", "4" -> "systemTrouble";
      case "6" -> "contentRejected";
      case "7" -> "policy";
      default -> "refused";
    };
  }

  /** RFC 5321 section 4.2.3: these, at RCPT, are about the mailbox. */
  private static String withoutEnhancedCode(SmtpResult result) {
    boolean atRecipient =
        result instanceof PermanentFailure failure && failure.stage() == SmtpStage.Rcpt;
    return atRecipient && result.code().matches("55[0135].*")
        ? Outcome.ADDRESS_REJECTED
        : "refused";
  }
}
