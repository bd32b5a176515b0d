package dev.lettershop.cli.audit;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.bounce.HeldBounces.Decision;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which of the held addresses are meant. */
final class HeldDecision {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private StoreOptions store;

  @ArgGroup(multiplicity = "1")
  private Which which;

  private static final class Which {
    @Option(
        names = "--domain",
        paramLabel = "DOMAIN",
        description = "Addresses of a domain, as held list shows it.")
    private String domain;

    @Option(names = "--all", description = "All that is held.")
    private boolean all;
  }

  int take(Decision decision, String past) {
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      long decided = open.store().heldBounces().decide(which.domain, decision);
      spec.commandLine().getOut().printf("%,d addresses are %s%n", decided, past);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }
}
