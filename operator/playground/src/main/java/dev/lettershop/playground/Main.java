package dev.lettershop.playground;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.playground.quickstart.QuickstartCommand;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** What the launcher starts: every command of the worker, and {@code quickstart}. */
public final class Main {
  // The logging framework holds loggers weakly; the level lasts as long as somebody holds this.
  private static final Logger POSTGRESQL = Logger.getLogger("io.zonky");

  private Main() {}

  /** The worker's command line with the playground's commands added. */
  static CommandLine commandLine(Clock clock) {
    return LettershopCommand.commandLine().addSubcommand(new QuickstartCommand(clock));
  }

  public static void main(String[] arguments) {
    POSTGRESQL.setLevel(Level.WARNING);
    System.exit(commandLine(Clock.systemUTC()).execute(arguments));
  }
}
