package dev.lettershop.playground.command;

import dev.lettershop.job.ExitCode;
import dev.lettershop.playground.api.ApiFailure;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what an API server said; everything else is the others' to report. */
public final class FailureReport implements IExecutionExceptionHandler {
  private final IExecutionExceptionHandler others;

  public FailureReport(IExecutionExceptionHandler others) {
    this.others = others;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) throws Exception {
    if (failure instanceof ApiFailure) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText(failure.getMessage()));
      commandLine.getErr().flush();
      return ExitCode.RETRY;
    }
    return others.handleExecutionException(failure, commandLine, parsed);
  }
}
