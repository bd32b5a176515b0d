package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.load.profile.Identities.Identity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop profile unmerge}. */
@Command(
    name = "unmerge",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Give some of a profile's identities a profile of their own: they are somebody else.",
      "It is made of what their records say. A record that holds identities of both does not join"
          + " them again. Events stay with the old profile; refusals of consent go to both, grants stay"
          + " with the old one until a source repeats them."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:the database failed; try again", "2:usage or configuration"})
final class ProfileUnmergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Parameters(paramLabel = "ID", description = "The profile's number.")
  private long profile;

  @Option(
      names = "--identity",
      paramLabel = "KIND=VALUE",
      required = true,
      description =
          "An identity that leaves, such as customer_id=4711; may be given several times.")
  private List<String> identities;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /** What {@code -o json} prints. */
  record Unmerged(long profileId, long separatedId) {}

  @Override
  public Integer call() {
    Set<Identity> away = new LinkedHashSet<>();
    for (String identity : identities) {
      int equals = identity.indexOf('=');
      if (equals < 1 || equals == identity.length() - 1) {
        throw new UsageException("--identity is written KIND=VALUE, such as customer_id=4711");
      }
      away.add(new Identity(identity.substring(0, equals), identity.substring(equals + 1)));
    }
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      print(
          open.store()
              .identities()
              .unmerge(open.plan().schema(), profile, away, StoreOptions.actor()));
    } catch (IllegalArgumentException impossible) {
      throw new UsageException(
          "Cannot unmerge: "
              + impossible.getMessage()
              + "; lettershop profile export shows what it has");
    }
    return ExitCode.DONE;
  }

  private void print(long separated) {
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), new Unmerged(profile, separated));
    } else {
      spec.commandLine()
          .getOut()
          .printf("Profile %d is now two: %d and %d%n", profile, profile, separated);
      spec.commandLine().getOut().flush();
    }
  }
}
