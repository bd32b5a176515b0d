package dev.lettershop.cli.doctor;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.LiveResources;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Look at what a first real mail needs, and say what to change.",
      "Java and Maven; with -f each store's PostgreSQL (login, version, settings, clock) and each"
          + " campaign's SMTP server (STARTTLS, login, certificate), and what DNS says of its sender:"
          + " SPF, DKIM, DMARC, MX, and the server's PTR. With a kubeconfig, your rights in the"
          + " cluster. Sends no mail and changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:nothing is wrong; there may be warnings", "1:something is wrong", "2:usage"})
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Also look at this domain as a sender. May be repeated.")
  private List<String> domains = List.of();

  @Option(
      names = "--dns",
      paramLabel = "HOST[:PORT]",
      description = "The DNS server to ask. Default: what the system uses.")
  private String dns;

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description = "Also look at your rights in the cluster of this kubeconfig.")
  private Path kubeconfig;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    if (embedded.isGiven() && !manifests.areGiven()) {
      throw new UsageException("--embedded keeps data in the folder of -f: name one");
    }
    List<Check> checks =
        new ArrayList<>(
            MachineChecks.of(System.getenv(), System.getProperties(), Runtime.version().feature()));
    DomainChecks dnsChecks = new DomainChecks(new JndiDns(dns == null ? "dns:" : "dns://" + dns));
    if (manifests.areGiven()) {
      ManifestFiles.Loaded loaded = manifests.load();
      new Compilation(spec.commandLine(), loaded).report(List.of(), Diagnostic::isError);
      checks.addAll(
          embedded.with(
              manifests,
              loaded,
              spec.commandLine(),
              resources -> new ResourceChecks(resources, dnsChecks, clock).all()));
    }
    domains.forEach(domain -> checks.addAll(dnsChecks.sender(domain)));
    if (kubeconfig != null) {
      checks.addAll(cluster());
    }
    List<Check> all = List.copyOf(new LinkedHashSet<>(checks));
    print(all);
    return all.stream().anyMatch(check -> check.state() == Check.State.error)
        ? ExitCode.RETRY
        : ExitCode.DONE;
  }

  private List<Check> cluster() {
    LiveResources live =
        ServiceLoader.load(LiveResources.class)
            .findFirst()
            .orElseThrow(() -> new UsageException("This lettershop has no client for a cluster"));
    List<Check> checks = new ArrayList<>();
    for (Map.Entry<String, Boolean> right : live.rights(kubeconfig).entrySet()) {
      String name = "May " + right.getKey();
      checks.add(
          right.getValue()
              ? Check.ok(name, "yes")
              : Check.warning(name, "no", "ask for the role that allows it, such as edit"));
    }
    return checks;
  }

  private void print(List<Check> checks) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, checks);
      return;
    }
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    for (Check check : checks) {
      String word = String.format("%-8s", check.state());
      out.println(
          ansi.string("@|" + style(check) + " " + word + "|@")
              + check.name()
              + ": "
              + check.message());
      if (check.fix() != null) {
        out.println("          fix: " + check.fix());
      }
    }
    out.flush();
  }

  private static String style(Check check) {
    return switch (check.state()) {
      case ok -> "green";
      case warning -> "bold,yellow";
      case error -> "bold,red";
      case unknown -> "faint";
    };
  }
}
