package dev.lettershop.cli.audit;

import dev.lettershop.cli.output.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop audit}: what was done to people's data. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AuditListCommand.class, AuditVerifyCommand.class, HelpCommand.class},
    description = {
      "Look into the audit log: what was done to people's data, by whom and when.",
      "Its rows are never changed or removed, and each holds the hash of the one before."
    })
public final class AuditCommand {}
