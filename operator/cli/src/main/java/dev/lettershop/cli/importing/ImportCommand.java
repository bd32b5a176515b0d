package dev.lettershop.cli.importing;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop import}: makes resources out of what other tools have. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ImportContentRulesCommand.class,
      ImportTemplatesCommand.class,
      HelpCommand.class
    },
    description = "Make resources out of what other tools have.")
public final class ImportCommand {}
