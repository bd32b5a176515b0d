package dev.lettershop.cli.keys;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.person.RewrapReport;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop keys rewrap}. */
@Command(
    name = "rewrap",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Bring what is stored under the primary keys, after keys rotate.",
      "Goes through the store in small steps while everything else goes on. Stopped in the middle,"
          + " it goes on where it was when it is called again."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything is under the primary keys",
      "1:the database failed; try again",
      "2:usage or configuration"
    })
final class KeysRewrapCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    PrintWriter err = spec.commandLine().getErr();
    try (StoreOptions.Opened open = opened.get()) {
      open.requireEncryption();
      RewrapReport done =
          open.store()
              .keyUse()
              .rewrap(
                  open.plan().schema(),
                  StoreOptions.actor(),
                  looked -> {
                    err.printf(Locale.ROOT, "%,d looked at%n", looked);
                    err.flush();
                  });
      print(done);
    }
    return ExitCode.DONE;
  }

  private void print(RewrapReport done) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, done);
    } else {
      out.printf(
          Locale.ROOT,
          "%,d keys of persons, %,d values and %,d quarantined rows are under the primary keys now%n",
          done.personKeys(),
          done.values(),
          done.quarantined());
      out.flush();
    }
  }
}
