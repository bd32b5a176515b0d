package dev.lettershop.cli.audit;

import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.store.bounce.HeldBounces.Decision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lettershop held drop}. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Do not suppress the addresses: they are good, and are mailed again.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:the database failed; try again", "2:usage or configuration"})
final class HeldDropCommand implements Callable<Integer> {
  @Mixin private HeldDecision decision;

  @Override
  public Integer call() {
    return decision.take(Decision.Dropped, "not suppressed");
  }
}
