package dev.lettershop.playground;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.cli.Logging;
import dev.lettershop.playground.quickstart.QuickstartCommand;
import java.time.Clock;
import picocli.CommandLine;

/** What the launcher starts: every command of the worker, and {@code quickstart}. */
public final class Main {
  private Main() {}

  /** The worker's command line with the playground's commands added. */
  static CommandLine commandLine(Clock clock) {
    return LettershopCommand.commandLine().addSubcommand(new QuickstartCommand(clock));
  }

  public static void main(String[] arguments) {
    Logging.configure();
    System.exit(commandLine(Clock.systemUTC()).execute(arguments));
  }
}
