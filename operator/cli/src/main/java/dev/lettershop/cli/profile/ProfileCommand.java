package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop profile}: single persons. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ProfileFindCommand.class,
      ProfileExportCommand.class,
      ProfileForgetCommand.class,
      ProfileConflictsCommand.class,
      ProfileConsentsCommand.class,
      ProfileUnmergeCommand.class,
      HelpCommand.class
    },
    description = {
      "Find people; export all that is stored about one person, or erase it; see what counts of a person's"
          + " consents and where records disagree, and separate who was taken for one."
    })
public final class ProfileCommand {}
