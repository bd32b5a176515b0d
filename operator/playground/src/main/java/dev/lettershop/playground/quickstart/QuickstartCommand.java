package dev.lettershop.playground.quickstart;

import dev.lettershop.cli.output.DiagnosticPrinter;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.playground.controller.ControllerProcess;
import dev.lettershop.playground.local.ClaimedFolder;
import dev.lettershop.playground.local.Place;
import dev.lettershop.playground.sample.CalledAs;
import dev.lettershop.playground.sample.SampleResources;
import dev.lettershop.playground.sample.SampleShop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lettershop quickstart}. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Sends the sample campaign of a made-up shop into an inbox that you can look through.",
      "Runs it on a playground of its own: API server, controller, PostgreSQL and SMTP inbox. No mail"
          + " leaves this machine."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all mails are in the inbox",
      "1:a server did not start, or a file could not be written",
      "2:usage, or the sample's resources are wrong",
      "3:finished, but some recipients failed for good"
    })
public final class QuickstartCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "quickstart-out",
      description =
          "Folder for the mails and the page; an earlier quickstart's is written over. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "" + SampleShop.DEFAULT_CUSTOMERS,
      description = "Customers of the shop, 1 to 1,000,000. Default: ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or json for the run's status alone on standard output.")
  private OutputFormat output;

  @Option(
      names = "--stay",
      description =
          "Keep everything running until Ctrl-C, with a collector: the links of the mails, such as"
              + " the one to unsubscribe, then work in a browser.")
  private boolean stay;

  @Spec private CommandSpec spec;

  private final Clock clock;

  public QuickstartCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (customers < 1 || customers > 1_000_000) {
      throw new ParameterException(
          spec.commandLine(), "--customers must be 1 to 1,000,000, not " + customers);
    }
    SampleResources sample = SampleResources.find(System.getProperty("lettershop.home"));
    try (ClaimedFolder folder = ClaimedFolder.claim(out, "quickstart", Quickstart.FILES)) {
      Optional<Plan> plan = compile(sample);
      if (plan.isEmpty()) {
        return ExitCode.CONFIGURATION;
      }
      Consumer<String> progress = output == OutputFormat.text ? this::say : line -> {};
      Path controller = Path.of(System.getProperty(ControllerProcess.PROPERTY, ""));
      Path collector = stay ? Path.of(System.getProperty(Place.COLLECTOR, "")) : null;
      return new Quickstart(sample, controller, collector, clock, progress)
          .run(folder.path(), customers, plan.get(), this::tell)
          .exitCode();
    } catch (IOException e) {
      say("lettershop: the quickstart did not finish: " + e.getMessage());
      return ExitCode.RETRY;
    }
  }

  /** What is wrong with the sample is said with its place, before anything is started. */
  private Optional<Plan> compile(SampleResources sample) {
    ManifestFiles.Loaded loaded = new ManifestFiles(false).load(List.of(sample.folder()));
    RunPlans plans = new PlanCompiler(loaded.resources()).run(Quickstart.CAMPAIGN);
    Set<Diagnostic> findings = new LinkedHashSet<>(loaded.diagnostics());
    findings.addAll(plans.diagnostics());
    new DiagnosticPrinter(
            spec.commandLine().getErr(),
            spec.commandLine().getColorScheme().ansi(),
            loaded.resources())
        .print(List.copyOf(findings));
    return findings.stream().anyMatch(Diagnostic::isError)
        ? Optional.empty()
        : Optional.of(plans.campaign().plan());
  }

  private void tell(QuickstartResult result) {
    if (result.message() != null) {
      say("lettershop: campaign/" + result.campaign() + ": " + result.message());
    }
    if (result.page() != null) {
      show(result);
    }
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  private void show(QuickstartResult result) {
    PrintWriter stdout = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(stdout, result.status());
    } else {
      stdout.print(new QuickstartText(CalledAs.command(), CalledAs.samples()).of(result));
      stdout.flush();
    }
  }
}
