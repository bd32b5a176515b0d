package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.FailureReason;
import dev.lettershop.store.ledger.Outcome;

/** One recipient's message cannot be made. */
final class CompositionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean temporary;

  CompositionException(String code, Throwable cause) {
    this(code, cause, false);
  }

  /**
   * @param temporary whether there may be one later
   */
  CompositionException(String code, Throwable cause, boolean temporary) {
    super("No message: " + code, cause);
    this.code = code;
    this.temporary = temporary;
  }

  /** Whether there may be one later. */
  boolean isTemporary() {
    return temporary;
  }

  /** For the ledger. */
  String code() {
    return code;
  }

  /** Why, in the words of {@link FailureReason}. */
  String reason() {
    return code.equals("AddressInvalid") ? Outcome.ADDRESS_REJECTED : "notRendered";
  }
}
