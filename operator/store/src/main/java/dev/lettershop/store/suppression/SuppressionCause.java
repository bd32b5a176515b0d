package dev.lettershop.store.suppression;

/**
 * What an address or a domain is suppressed for.
 *
 * @param source who or what decided it, such as {@code bounces} or {@code user/ada}
 * @param message kind of the message that caused it, such as {@code Hard} or {@code Complaint};
 *     null when none did
 * @param code status code of that message, such as {@code 5.1.1}, or null
 * @param runId the run whose mail caused it, or null
 * @param note in somebody's words, without personal data; at most {@value #MAX_NOTE} characters; or
 *     null
 */
public record SuppressionCause(
    SuppressionReason reason, String source, String message, String code, Long runId, String note) {
  public static final int MAX_NOTE = 500;

  /**
   * @throws IllegalArgumentException when the note is too long
   */
  public SuppressionCause {
    if (note != null && note.length() > MAX_NOTE) {
      throw new IllegalArgumentException("A note has at most " + MAX_NOTE + " characters");
    }
  }

  /** Decided by somebody, not caused by a message. */
  public static SuppressionCause decided(SuppressionReason reason, String source, String note) {
    return new SuppressionCause(reason, source, null, null, null, note);
  }
}
