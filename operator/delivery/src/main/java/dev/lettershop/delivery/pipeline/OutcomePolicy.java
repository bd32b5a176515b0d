package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.FailureReason;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostAfterFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostBeforeFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.PermanentFailure;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;
import dev.lettershop.delivery.smtp.SmtpStage;
import dev.lettershop.store.ledger.Outcome;
import java.util.function.DoubleSupplier;

/** Decides what a result means for the recipient and what it says about the relay. */
final class OutcomePolicy {
  private final RetryPolicy retries;
  private final boolean resendUncertain;
  private final DoubleSupplier random;

  OutcomePolicy(RetryPolicy retries, boolean resendUncertain, DoubleSupplier random) {
    this.retries = retries;
    this.resendUncertain = resendUncertain;
    this.random = random;
  }

  /** What a result says about the relay as a whole. */
  enum RelaySign {
    /** It took the message. */
    Accepts,
    /** It dealt with the message. */
    Works,
    /** It dealt with the message and refused it for good. */
    Refuses,
    /** It failed, or will fail for others as well. */
    Fails,
    /** It refuses the sender for good. */
    RefusesSender
  }

  Outcome outcome(Letter letter, SmtpResult result) {
    long profileId = letter.profileId();
    if (result instanceof Accepted) {
      return Outcome.sent(profileId);
    }
    if (result instanceof ConnectionLostAfterFinalDot && !resendUncertain) {
      return Outcome.uncertain(profileId, result.code());
    }
    if (result instanceof PermanentFailure && sign(result) != RelaySign.RefusesSender) {
      return Outcome.failed(profileId, result.code(), FailureReason.of(result));
    }
    return retried(letter, result.code());
  }

  /** Refused for good, and not because of the mailbox (RFC 3463 sections 3.2 and 3.3). */
  boolean isPolicyRefusal(SmtpResult result) {
    return sign(result) == RelaySign.Refuses
        && !result.code().contains(" 5.1.")
        && !result.code().contains(" 5.2.");
  }

  /** To be tried again, although the relay says that this is of no use. */
  Outcome postponed(Letter letter, SmtpResult result) {
    return retried(letter, result.code());
  }

  RelaySign sign(SmtpResult result) {
    if (result instanceof Accepted) {
      return RelaySign.Accepts;
    }
    if (result instanceof ConnectionLostAfterFinalDot
        || result instanceof ConnectionLostBeforeFinalDot) {
      return RelaySign.Fails;
    }
    if (result instanceof TransientFailure failure) {
      boolean closing = failure.code().startsWith("421");
      return failure.stage() == SmtpStage.Mail || closing ? RelaySign.Fails : RelaySign.Works;
    }
    // RFC 1870 section 6.1: 552 at MAIL is about this message's size.
    if (result instanceof PermanentFailure failure && failure.stage() == SmtpStage.Mail) {
      return failure.code().startsWith("552") ? RelaySign.Works : RelaySign.RefusesSender;
    }
    return result instanceof PermanentFailure failure && failure.stage() != SmtpStage.Local
        ? RelaySign.Refuses
        : RelaySign.Works;
  }

  /**
   * There is no message for the recipient, and may be one later.
   *
   * @param before attempts that were made before
   */
  Outcome notComposed(long profileId, int before, String code) {
    int attempts = before + 1;
    return retries.isExhausted(attempts)
        ? Outcome.failed(profileId, code, FailureReason.TRIED_IN_VAIN)
        : Outcome.deferred(profileId, code, retries.delay(attempts, random.getAsDouble()));
  }

  private Outcome retried(Letter letter, String code) {
    return notComposed(letter.profileId(), letter.attempts(), code);
  }
}
