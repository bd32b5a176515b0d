package dev.lettershop.cli.source;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop source reset}: forgets how far a source was read. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Have a source read from its start by its next sync.",
      "For instance after its mapping was changed, so that what was read before is mapped anew. No"
          + " profile is changed by the command itself."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:the database failed; try again", "2:usage or configuration"})
final class SourceResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Parameters(paramLabel = "NAME", description = "Name of the ProfileSource.")
  private String name;

  @Override
  public Integer call() {
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      boolean forgotten = open.store().sourcePositions().forget(name);
      spec.commandLine()
          .getOut()
          .println(
              forgotten
                  ? "The next sync reads " + name + " from its start"
                  : "Nothing is known of how far " + name + " was read: it starts anew anyway");
      spec.commandLine().getOut().flush();
      return ExitCode.DONE;
    }
  }
}
