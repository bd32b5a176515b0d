package dev.lettershop.cli;

import dev.lettershop.worker.ExitCode;
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
    PrintWriter err = commandLine.getErr();
    if (failure instanceof UsageException) {
      err.println(commandLine.getColorScheme().errorText(failure.getMessage()));
      err.flush();
      return ExitCode.CONFIGURATION;
    }
    if (failure instanceof RunException run) {
      err.println(commandLine.getColorScheme().errorText(run.getMessage()));
      err.flush();
      return run.exitCode();
    }
    err.println(
        commandLine.getColorScheme().errorText("Unexpected failure: " + failure.getClass()));
    failure.printStackTrace(err);
    err.flush();
    return ExitCode.RETRY;
  }
}
