package dev.lettershop.cli.experiment;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop experiment}: comparisons of variants. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ExperimentPlanCommand.class, HelpCommand.class},
    description = "Comparisons of a campaign's variants.")
public final class ExperimentCommand {}
