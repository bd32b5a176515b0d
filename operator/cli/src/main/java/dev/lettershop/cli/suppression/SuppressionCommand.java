package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop suppression}: addresses and domains that get no mail. */
@Command(
    name = "suppression",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SuppressionListCommand.class,
      SuppressionAddCommand.class,
      SuppressionRemoveCommand.class,
      SuppressionExplainCommand.class,
      HelpCommand.class
    },
    description = {
      "Addresses and domains that get no mail, whatever was consented to: list, add and lift them,"
          + " and see what stands against an address.",
      "Addresses are stored as hashes. Whatever is added or lifted stands in the audit log."
    })
public final class SuppressionCommand {}
