package dev.lettershop.cli.source;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop source}: what concerns sources. */
@Command(
    name = "source",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SourceDescribeCommand.class, SourceResetCommand.class, HelpCommand.class},
    description = "Look at sources, and have them read from their start.")
public final class SourceCommand {}
