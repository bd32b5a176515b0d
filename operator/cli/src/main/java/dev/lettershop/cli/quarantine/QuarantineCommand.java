package dev.lettershop.cli.quarantine;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop quarantine}: records that could not be used. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineReplayCommand.class,
      QuarantinePurgeCommand.class,
      HelpCommand.class
    },
    description = {
      "Look into the quarantine: records of sources that could not be used, each with its reason.",
      "A source's rows are those of its last sync."
    })
public final class QuarantineCommand {}
