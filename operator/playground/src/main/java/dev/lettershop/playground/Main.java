package dev.lettershop.playground;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.cli.WantedCommands;
import dev.lettershop.cli.output.Logging;
import dev.lettershop.playground.command.ApplyCommand;
import dev.lettershop.playground.command.DeleteCommand;
import dev.lettershop.playground.command.DescribeCommand;
import dev.lettershop.playground.command.FailureReport;
import dev.lettershop.playground.command.GetCommand;
import dev.lettershop.playground.command.KubectlPlugin;
import dev.lettershop.playground.command.LogsCommand;
import dev.lettershop.playground.command.PlaygroundCommand;
import dev.lettershop.playground.quickstart.QuickstartCommand;
import java.time.Clock;
import picocli.CommandLine;

/** What the launcher starts: every command of the worker, and those that need the playground. */
public final class Main {
  private Main() {}

  /** The worker's command line with the playground's commands added. */
  public static CommandLine commandLine(Clock clock) {
    return commandLine(clock, WantedCommands.ALL);
  }

  /** The same for one call: with the commands that it needs. */
  static CommandLine commandLine(Clock clock, String... arguments) {
    WantedCommands wanted = WantedCommands.by(arguments);
    CommandLine line = commandLine(clock, wanted);
    // Whoever mistypes a name is told what there is.
    return wanted.isMetBy(line) ? line : commandLine(clock);
  }

  private static CommandLine commandLine(Clock clock, WantedCommands wanted) {
    CommandLine line = LettershopCommand.commandLine(wanted);
    wanted.add(line, QuickstartCommand.class, () -> new QuickstartCommand(clock));
    wanted.add(line, PlaygroundCommand.class, () -> new PlaygroundCommand(clock));
    wanted.add(line, ApplyCommand.class, ApplyCommand::new);
    wanted.add(line, GetCommand.class, () -> new GetCommand(clock));
    wanted.add(line, DescribeCommand.class, () -> new DescribeCommand(clock));
    wanted.add(line, LogsCommand.class, LogsCommand::new);
    wanted.add(line, DeleteCommand.class, DeleteCommand::new);
    line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedOptionsAllowed(false);
    return line.setExecutionExceptionHandler(
        new FailureReport(line.getExecutionExceptionHandler()));
  }

  public static void main(String[] arguments) {
    Logging.configure();
    CommandLine line = commandLine(Clock.systemUTC(), arguments);
    if (Boolean.getBoolean(KubectlPlugin.PROPERTY)) {
      KubectlPlugin.of(line);
    }
    System.exit(line.execute(arguments));
  }
}
