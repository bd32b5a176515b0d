package dev.lettershop.cli;

import dev.lettershop.job.ExitCode;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.worker.RunException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into a sentence and an exit code. */
final class ErrorReport implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    if (failure instanceof UsageException) {
      return report(commandLine, failure.getMessage(), ExitCode.CONFIGURATION);
    }
    if (failure instanceof RunException run) {
      return report(commandLine, run.getMessage(), run.exitCode());
    }
    if (failure instanceof StoreException store) {
      boolean wrong = store.kind() == StoreException.Kind.Misconfigured;
      return report(
          commandLine, store.getMessage(), wrong ? ExitCode.CONFIGURATION : ExitCode.RETRY);
    }
    trace(commandLine.getErr(), failure);
    return report(
        commandLine,
        "This is a defect in Lettershop: please report it with the lines above",
        ExitCode.RETRY);
  }

  private static int report(CommandLine commandLine, String message, int exitCode) {
    commandLine.getErr().println(commandLine.getColorScheme().errorText(message));
    commandLine.getErr().flush();
    return exitCode;
  }

  /** Classes and places only: messages of other people's exceptions may quote personal data. */
  private static void trace(PrintWriter err, Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      err.println((depth == 0 ? "" : "Caused by: ") + cause.getClass().getName());
      for (StackTraceElement frame : cause.getStackTrace()) {
        err.println("    at " + frame);
      }
      cause = cause.getCause();
    }
  }
}
