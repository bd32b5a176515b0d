package dev.lettershop.cli.pod;

import dev.lettershop.job.ExitCode;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the process is told to stop (SIGTERM, SIGINT): cancels it, waits
 * for it, and exits with the code that it comes to; 1 when it fails.
 */
public final class CancelOnSignal {
  /** Less than the 30 s that Kubernetes gives a Pod before it kills. */
  private static final long PATIENCE_SECONDS = 25;

  private CancelOnSignal() {}

  public static int call(Runnable cancel, Callable<Integer> command) throws Exception {
    return call(cancel, command, () -> {});
  }

  /**
   * @param abandoned is called when the command does not end in time, just before the process is
   *     given up
   */
  public static int call(Runnable cancel, Callable<Integer> command, Runnable abandoned)
      throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    int[] exitCode = {ExitCode.RETRY};
    Thread hook =
        new Thread(
            () -> {
              cancel.run();
              try {
                if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  Runtime.getRuntime().halt(exitCode[0]);
                }
                abandoned.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "cancel-on-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      exitCode[0] = command.call();
      return exitCode[0];
    } finally {
      removeUnlessStopping(hook);
      ended.countDown();
    }
  }

  private static void removeUnlessStopping(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook is running: it waits for the exit code and ends the process.
    }
  }
}
