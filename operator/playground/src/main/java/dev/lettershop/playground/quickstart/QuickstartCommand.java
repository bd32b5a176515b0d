package dev.lettershop.playground.quickstart;

import dev.lettershop.cli.Json;
import dev.lettershop.cli.OutputFormat;
import dev.lettershop.cli.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.playground.sample.SampleShop;
import dev.lettershop.worker.RunListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
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
      "Brings its own PostgreSQL and SMTP server; no mail leaves this machine."
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

  @Spec private CommandSpec spec;

  private final Clock clock;

  public QuickstartCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    if (customers < 1 || customers > 1_000_000) {
      throw new ParameterException(
          spec.commandLine(), "--customers must be 1 to 1,000,000, not " + customers);
    }
    PrintWriter err = spec.commandLine().getErr();
    SampleFolder sample = SampleFolder.find(System.getProperty("lettershop.home"));
    try (OutputFolder folder = OutputFolder.claim(out)) {
      Consumer<String> progress = output == OutputFormat.text ? err::println : line -> {};
      CampaignRunner runner = new WorkerCampaignRunner(spec.commandLine(), clock, RunListener.NONE);
      QuickstartResult result =
          new Quickstart(runner, sample, clock, progress).run(folder, customers);
      if (result.status() != null) {
        show(result);
      }
      return result.exitCode();
    } catch (IOException e) {
      err.println("lettershop: the quickstart did not finish: " + e.getMessage());
      return ExitCode.RETRY;
    }
  }

  private void show(QuickstartResult result) {
    PrintWriter stdout = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(stdout, result.status());
    } else {
      stdout.print(new QuickstartText("./lettershop").of(result));
      stdout.flush();
    }
  }
}
