package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.ListOptions;
import dev.lettershop.cli.output.RuleSegment;
import dev.lettershop.cli.output.ShownPerson;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.StoreReport;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.profile.Profile;
import dev.lettershop.store.segment.ProfileReader.Wanted;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.SegmentStudy;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lettershop profile find}. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Find a person by number, identity or address, or people by a rule.",
      "Shows numbers and attributes; those marked as pii are covered, and so is the address, unless"
          + " --show-values asks for them. Changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:found, or nobody for whom the rule holds",
      "1:the database failed; try again",
      "2:usage or configuration, or no such profile"
    })
final class ProfileFindCommand implements Callable<Integer> {
  @Mixin private StoreReport report;
  @Mixin private PersonOptions person;
  @Mixin private ListOptions list;

  @Option(
      names = "--where",
      paramLabel = "RULE",
      description = "Those for whom this CEL expression holds, such as 'profile.city == \"Rome\"'.")
  private String rule;

  @Override
  public Integer call() {
    if (rule == null) {
      person.check();
    } else if (person.isGiven()) {
      throw new UsageException("--where is about many; leave out PROFILE and --email");
    }
    int limit = list.limit();
    return report.print(open -> rule == null ? List.of(one(open)) : some(open, limit), this::print);
  }

  private ShownPerson one(StoreOptions.Opened open) {
    long number = person.number(open.store());
    var schema = open.plan().schema();
    Wanted all = new Wanted(schema.attributes().keySet(), Set.of(), Set.of());
    Profile found =
        open.store().profiles().read(number, all, schema).orElseThrow(PersonOptions::nobody);
    return ShownPerson.of(number, found, schema, list.showValues());
  }

  private List<ShownPerson> some(StoreOptions.Opened open, int limit) {
    Compiled<SegmentPlan> plan = RuleSegment.compile(open.resources(), rule, open.plan().name());
    if (plan.value() == null) {
      throw new UsageException(
          "--where: "
              + plan.diagnostics().stream()
                  .filter(Diagnostic::isError)
                  .map(ProfileFindCommand::sentence)
                  .collect(Collectors.joining("; ")));
    }
    List<ShownPerson> people = new ArrayList<>();
    new SegmentStudy(
            plan.value(), new ManifestSecrets(open.resources().secrets()), Clock.systemUTC())
        .sample(limit)
        .forEach(
            (number, found) ->
                people.add(ShownPerson.of(number, found, open.plan().schema(), list.showValues())));
    return people;
  }

  private static String sentence(Diagnostic error) {
    return error.fix() == null ? error.message() : error.message() + ", " + error.fix();
  }

  private void print(List<ShownPerson> people, PrintWriter out) {
    ShownPerson.print(people, out);
    if (people.isEmpty()) {
      out.println("Nobody for whom the rule holds");
    }
  }
}
