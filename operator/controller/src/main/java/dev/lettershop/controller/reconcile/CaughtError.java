package dev.lettershop.controller.reconcile;

import java.util.Arrays;

/** An {@link Error} on its way to the operator SDK, which retries exceptions only. */
final class CaughtError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A stack that overflowed has a thousand frames, and the first ones say it all. */
  private static final int FRAMES = 30;

  CaughtError(Error error) {
    super(error.toString(), null, false, true);
    StackTraceElement[] trace = error.getStackTrace();
    setStackTrace(Arrays.copyOf(trace, Math.min(trace.length, FRAMES)));
  }
}
