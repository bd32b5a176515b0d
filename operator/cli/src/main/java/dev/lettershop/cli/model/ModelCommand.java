package dev.lettershop.cli.model;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;

/** {@code lettershop model}: looks into models. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Look into models: versions, how good they are, what they say of a person.",
    subcommands = {ModelListCommand.class, ModelEvaluateCommand.class, ModelExplainCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand {}
