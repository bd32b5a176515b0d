package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop consent}: what people said about being mailed. */
@Command(
    name = "consent",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConsentHistoryCommand.class, HelpCommand.class},
    description = "Look into what people said about being mailed.")
public final class ConsentCommand {}
