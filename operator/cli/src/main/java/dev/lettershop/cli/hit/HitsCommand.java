package dev.lettershop.cli.hit;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop hits}: opens and clicks, as they came. */
@Command(
    name = "hits",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {HitsRejudgeCommand.class, HelpCommand.class},
    description = "Opens and clicks as they came, and who they are held to be of.")
public final class HitsCommand {}
