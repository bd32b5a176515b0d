package dev.lettershop.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of the command line. */
@Command(
    name = "lettershop",
    description = "Personalised e-mail campaigns as Kubernetes resources.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      LintCommand.class,
      PlanCommand.class,
      ImportCommand.class,
      ExplainCommand.class,
      DiffCommand.class,
      PreviewCommand.class,
      RenderCommand.class,
      SendTestCommand.class,
      RunCommand.class,
      SendCommand.class,
      SourceCommand.class,
      SyncCommand.class,
      RefreshCommand.class,
      ProbeCommand.class,
      BouncesCommand.class,
      RetentionCommand.class,
      ProfileCommand.class,
      ConsentCommand.class,
      KeysCommand.class,
      AuditCommand.class,
      QuarantineCommand.class,
      PruneCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "For Pods: send, sync, refresh, bounces, retention (see lettershop send --help).",
      "",
      "Exit codes: 0 done, 1 findings (lint) or worth trying again (run), 2 usage or",
      "configuration, 3 finished with failed recipients, 4 cancelled or past the deadline."
    })
public final class LettershopCommand {

  /** The command line with everything set up but further sub-commands. */
  public static CommandLine commandLine() {
    return new CommandLine(new LettershopCommand())
        .setExecutionExceptionHandler(new ErrorReport())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedOptionsAllowed(false);
  }

  public static void main(String[] args) {
    Logging.configure();
    System.exit(commandLine().execute(args));
  }
}
