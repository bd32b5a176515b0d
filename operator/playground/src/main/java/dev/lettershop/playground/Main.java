package dev.lettershop.playground;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.playground.quickstart.QuickstartCommand;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** What the launcher starts: every command of the worker, and {@code quickstart}. */
public final class Main {
  private Main() {}

  /** The worker's command line with the playground's commands added. */
  static CommandLine commandLine(Clock clock) {
    return LettershopCommand.commandLine().addSubcommand(new QuickstartCommand(clock));
  }

  public static void main(String[] arguments) {
    if (System.getProperty("java.util.logging.config.file") == null) {
      // What libraries do step by step is of no interest to whoever runs a command.
      Logger.getLogger("").setLevel(Level.WARNING);
    }
    System.exit(commandLine(Clock.systemUTC()).execute(arguments));
  }
}
