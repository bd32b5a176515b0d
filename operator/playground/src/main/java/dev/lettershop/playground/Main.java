package dev.lettershop.playground;

import dev.lettershop.cli.LettershopCommand;
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
    CommandLine commandLine =
        LettershopCommand.commandLine()
            .addSubcommand(new QuickstartCommand(clock))
            .addSubcommand(new PlaygroundCommand(clock))
            .addSubcommand(new ApplyCommand())
            .addSubcommand(new GetCommand(clock))
            .addSubcommand(new DescribeCommand(clock))
            .addSubcommand(new LogsCommand())
            .addSubcommand(new DeleteCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setAbbreviatedOptionsAllowed(false);
    return commandLine.setExecutionExceptionHandler(
        new FailureReport(commandLine.getExecutionExceptionHandler()));
  }

  public static void main(String[] arguments) {
    Logging.configure();
    CommandLine commandLine = commandLine(Clock.systemUTC());
    if (Boolean.getBoolean(KubectlPlugin.PROPERTY)) {
      KubectlPlugin.of(commandLine);
    }
    System.exit(commandLine.execute(arguments));
  }
}
