package dev.lettershop.cli.keys;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop keys}: the keys that encrypt personal data. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeysCreateCommand.class,
      KeysRotateCommand.class,
      KeysListCommand.class,
      KeysRewrapCommand.class,
      HelpCommand.class
    },
    description = {
      "Make and rotate the keys of a store that encrypts personal data (spec.encryption).",
      "Keys are files for a Secret. Whoever has the file and the database can read everything;"
          + " without the file nobody can."
    })
public final class KeysCommand {}
