package dev.lettershop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop profile}: what a single person can ask for. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProfileExportCommand.class, ProfileForgetCommand.class, HelpCommand.class},
    description = "Export all that is stored about one person, or erase it.")
final class ProfileCommand {}
