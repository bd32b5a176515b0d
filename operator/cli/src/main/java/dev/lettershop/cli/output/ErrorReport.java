package dev.lettershop.cli.output;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into a sentence and an exit code. */
public final class ErrorReport implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    Failure known = Failure.of(failure);
    print(known, commandLine);
    return known.exitCode();
  }

  public static void print(Failure failure, CommandLine commandLine) {
    PrintWriter err = commandLine.getErr();
    if (failure.defect() != null) {
      trace(err, failure.defect());
    }
    err.println(commandLine.getColorScheme().errorText(failure.message()));
    err.flush();
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
