package dev.lettershop.job;

/** Exit codes of the worker's commands: a contract with the Job's {@code podFailurePolicy}. */
public final class ExitCode {
  /** All done; also when there was nothing to do. */
  public static final int DONE = 0;

  /** Something outside failed (database, relay); trying again may help. */
  public static final int RETRY = 1;

  /** Usage or configuration is wrong; trying again without a change cannot help. */
  public static final int CONFIGURATION = 2;

  /** The run is finished, but mail to some recipients failed for good. */
  public static final int FAILED_RECIPIENTS = 3;

  /** Cancelled, or past the deadline; what was begun is recorded. */
  public static final int CANCELLED = 4;

  private ExitCode() {}
}
