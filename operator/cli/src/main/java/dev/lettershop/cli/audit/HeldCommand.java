package dev.lettershop.cli.audit;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop held}: suppressions that wait for a decision. */
@Command(
    name = "held",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      HeldListCommand.class,
      HeldSuppressCommand.class,
      HeldDropCommand.class,
      HelpCommand.class
    },
    description = {
      "Decide about addresses that are not suppressed although they bounced hard.",
      "When hard bounces of one domain or with one reason jump, a provider is likelier to refuse the"
          + " sender than to have lost so many addresses at once. Such suppressions are held."
    })
public final class HeldCommand {}
