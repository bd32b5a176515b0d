package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop profile export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Print all that is stored about one person, as JSON and in clear: attributes, identities, what"
          + " each source says, consents with evidence and history, events, deliveries, bounces,"
          + " segments, and rows of the audit log.",
      "That it was exported is written to the audit log."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:exported",
      "1:the database failed; try again",
      "2:usage or configuration, or no such profile"
    })
final class ProfileExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;
  @Mixin private PersonOptions person;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write into this file instead of to standard output.")
  private Path file;

  @Override
  public Integer call() {
    person.check();
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      Map<String, Object> all =
          open.store()
              .personExport()
              .of(person.number(open.store()), open.plan().schema(), StoreOptions.actor())
              .orElseThrow(PersonOptions::nobody);
      if (file == null) {
        Json.print(spec.commandLine().getOut(), all);
      } else {
        Json.write(file, all);
      }
    }
    return ExitCode.DONE;
  }
}
