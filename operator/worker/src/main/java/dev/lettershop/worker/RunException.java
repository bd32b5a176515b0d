package dev.lettershop.worker;

import dev.lettershop.job.ExitCode;

/**
 * A run cannot go on. The message says what was tried, on what, and what to do; it holds no
 * personal data.
 */
public final class RunException extends RuntimeException {
  private final int exitCode;

  private RunException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Something that the user has to change. */
  public static RunException configuration(String message) {
    return configuration(message, null);
  }

  /** Something that the user has to change. */
  public static RunException configuration(String message, Throwable cause) {
    return new RunException(ExitCode.CONFIGURATION, message, cause);
  }

  /** Something outside that may be mended by waiting. */
  public static RunException retry(String message, Throwable cause) {
    return new RunException(ExitCode.RETRY, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }
}
