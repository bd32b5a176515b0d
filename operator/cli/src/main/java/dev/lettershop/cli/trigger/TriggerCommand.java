package dev.lettershop.cli.trigger;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;

/** {@code lettershop trigger}: campaigns that are sent when something happens to somebody. */
@Command(
    name = "trigger",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Look at what triggered campaigns do, did, or would do.",
    subcommands = {
      TriggerSimulateCommand.class,
      TriggerExplainCommand.class,
      TriggerWaitingCommand.class
    })
public final class TriggerCommand {}
