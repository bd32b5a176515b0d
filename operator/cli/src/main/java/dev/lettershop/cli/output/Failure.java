package dev.lettershop.cli.output;

import dev.lettershop.job.ExitCode;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.encryption.KeysetException;
import dev.lettershop.worker.RunException;

/**
 * What went wrong, for people and for whoever started the command. Holds no personal data.
 *
 * @param reason one word in CamelCase
 * @param defect what Lettershop did not expect, or null
 */
public record Failure(int exitCode, String reason, String message, Exception defect) {
  private static final String WRONG = "ConfigurationError";
  private static final String AGAIN = "Retry";

  /** Cancelled, and the end has not come in the time that a Pod has for it. */
  public static Failure notInTime() {
    return new Failure(
        ExitCode.CANCELLED, "Cancelled", "Cancelled; the end could not be waited for", null);
  }

  public static Failure of(Exception failure) {
    if (failure instanceof UsageException) {
      return new Failure(ExitCode.CONFIGURATION, WRONG, failure.getMessage(), null);
    }
    if (failure instanceof RunException run) {
      return new Failure(run.exitCode(), run.reason(), run.getMessage(), null);
    }
    if (failure instanceof StoreException store) {
      return store.kind() == StoreException.Kind.Misconfigured
          ? new Failure(ExitCode.CONFIGURATION, WRONG, store.getMessage(), null)
          : new Failure(ExitCode.RETRY, AGAIN, store.getMessage(), null);
    }
    if (failure instanceof KeysetException keys) {
      return new Failure(ExitCode.RETRY, AGAIN, keys.getMessage(), null);
    }
    return new Failure(
        ExitCode.RETRY,
        AGAIN,
        "This is a defect in Lettershop: please report it with the lines above",
        failure);
  }
}
