package dev.lettershop.worker;

import dev.lettershop.job.ExitCode;

/**
 * A run cannot go on. The message says what was tried, on what, and what to do; it holds no
 * personal data.
 */
public final class RunException extends RuntimeException {
  private final int exitCode;
  private final String reason;

  private RunException(int exitCode, String reason, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.reason = reason;
  }

  /** Something that the user has to change. */
  public static RunException configuration(String message) {
    return configuration(message, null);
  }

  /** Something that the user has to change. */
  public static RunException configuration(String message, Throwable cause) {
    return new RunException(ExitCode.CONFIGURATION, "ConfigurationError", message, cause);
  }

  /** The audience is larger than the campaign allows. */
  public static RunException tooManyRecipients(String message) {
    return new RunException(ExitCode.CONFIGURATION, "TooManyRecipients", message, null);
  }

  /** Something outside that waiting may fix. */
  public static RunException retry(String message, Throwable cause) {
    return new RunException(ExitCode.RETRY, "Retry", message, cause);
  }

  /**
   * A model server gave no usable answer; waiting may fix it.
   *
   * @param reason what went wrong, such as TimedOut
   */
  public static RunException unanswered(String reason, String message, Throwable cause) {
    return new RunException(ExitCode.RETRY, reason, message, cause);
  }

  /** Somebody asked for it. */
  static RunException cancelled(String message) {
    return new RunException(ExitCode.CANCELLED, "Cancelled", message, null);
  }

  public int exitCode() {
    return exitCode;
  }

  /** One word in CamelCase, for conditions. */
  public String reason() {
    return reason;
  }
}
