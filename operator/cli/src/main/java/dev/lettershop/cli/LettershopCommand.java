package dev.lettershop.cli;

import dev.lettershop.cli.audit.AuditCommand;
import dev.lettershop.cli.audit.HeldCommand;
import dev.lettershop.cli.completion.CompletionCommand;
import dev.lettershop.cli.completion.ManCommand;
import dev.lettershop.cli.doctor.DoctorCommand;
import dev.lettershop.cli.experiment.ExperimentCommand;
import dev.lettershop.cli.hit.HitsCommand;
import dev.lettershop.cli.importing.ImportCommand;
import dev.lettershop.cli.init.InitCommand;
import dev.lettershop.cli.keys.KeysCommand;
import dev.lettershop.cli.model.ModelCommand;
import dev.lettershop.cli.model.ScoreCommand;
import dev.lettershop.cli.model.TrainCommand;
import dev.lettershop.cli.output.ErrorReport;
import dev.lettershop.cli.output.Logging;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.plan.DiffCommand;
import dev.lettershop.cli.plan.ExplainCommand;
import dev.lettershop.cli.plan.LintCommand;
import dev.lettershop.cli.plan.PlanCommand;
import dev.lettershop.cli.plan.SchemaCommand;
import dev.lettershop.cli.preview.PreviewCommand;
import dev.lettershop.cli.preview.RenderCommand;
import dev.lettershop.cli.preview.SendTestCommand;
import dev.lettershop.cli.profile.ConsentCommand;
import dev.lettershop.cli.profile.ProfileCommand;
import dev.lettershop.cli.quarantine.QuarantineCommand;
import dev.lettershop.cli.report.ReportCommand;
import dev.lettershop.cli.run.BouncesCommand;
import dev.lettershop.cli.run.LinksCommand;
import dev.lettershop.cli.run.ProbeCommand;
import dev.lettershop.cli.run.PruneCommand;
import dev.lettershop.cli.run.RefreshCommand;
import dev.lettershop.cli.run.RetentionCommand;
import dev.lettershop.cli.run.RunCommand;
import dev.lettershop.cli.run.SendCommand;
import dev.lettershop.cli.run.SendTriggeredCommand;
import dev.lettershop.cli.segment.SegmentCommand;
import dev.lettershop.cli.source.SourceCommand;
import dev.lettershop.cli.source.SyncCommand;
import dev.lettershop.cli.suppression.SuppressionCommand;
import dev.lettershop.cli.trigger.TriggerCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of the command line. */
@Command(
    name = "lettershop",
    description = "Personalised e-mail campaigns as Kubernetes resources.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "For Pods: send, send-triggered, sync, refresh, score, bounces, retention (see lettershop send"
          + " --help).",
      "",
      "Exit codes: 0 done, 1 findings (lint) or worth trying again (run), 2 usage or",
      "configuration, 3 finished with failed recipients, 4 cancelled or past the deadline."
    })
public final class LettershopCommand {

  private static final List<Class<?>> COMMANDS =
      List.of(
          InitCommand.class,
          DoctorCommand.class,
          LintCommand.class,
          SchemaCommand.class,
          PlanCommand.class,
          ImportCommand.class,
          ExplainCommand.class,
          SegmentCommand.class,
          DiffCommand.class,
          ExperimentCommand.class,
          PreviewCommand.class,
          RenderCommand.class,
          SendTestCommand.class,
          RunCommand.class,
          LinksCommand.class,
          HitsCommand.class,
          ReportCommand.class,
          SendCommand.class,
          SendTriggeredCommand.class,
          TriggerCommand.class,
          SourceCommand.class,
          SyncCommand.class,
          RefreshCommand.class,
          TrainCommand.class,
          ScoreCommand.class,
          ModelCommand.class,
          ProbeCommand.class,
          BouncesCommand.class,
          RetentionCommand.class,
          ProfileCommand.class,
          ConsentCommand.class,
          SuppressionCommand.class,
          KeysCommand.class,
          AuditCommand.class,
          HeldCommand.class,
          QuarantineCommand.class,
          PruneCommand.class,
          HelpCommand.class,
          CompletionCommand.class,
          ManCommand.class);

  /** The command line with everything set up but further sub-commands. */
  public static CommandLine commandLine() {
    return commandLine(WantedCommands.ALL);
  }

  /**
   * The same with as many sub-commands as are wanted.
   *
   * @param wanted may leave out what a call does not need
   */
  public static CommandLine commandLine(WantedCommands wanted) {
    CommandLine line = new CommandLine(new LettershopCommand());
    COMMANDS.forEach(command -> wanted.add(line, command, () -> command));
    return line.setExecutionExceptionHandler(new ErrorReport())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedOptionsAllowed(false);
  }

  public static void main(String[] args) {
    Logging.configure();
    WantedCommands wanted = WantedCommands.by(args);
    CommandLine line = commandLine(wanted);
    System.exit((wanted.isMetBy(line) ? line : commandLine()).execute(args));
  }
}
