package dev.lettershop.cli.report;

import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.worker.report.ReportCsv;
import dev.lettershop.worker.report.ReportJson;
import dev.lettershop.worker.report.ReportTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop report}: what a run of a campaign achieved. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Tell what a run of a campaign achieved, as a page, JSON or CSV.",
      "Counts people and not requests, says by which rule, and names nobody: groups of fewer than 10"
          + " people are not shown by themselves. The page is one file that loads nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the database failed; try again",
      "2:usage or configuration, or no such run"
    })
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Parameters(paramLabel = "campaign/NAME", description = "The campaign.")
  private String target;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The run. Default: the newest one that is neither a test nor a dry run.")
  private String run;

  @Option(
      names = "--compare",
      paramLabel = "RUN|campaign/NAME",
      description =
          "Another run of the campaign, or the newest run of another one, to set beside it.")
  private String compare;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write. Default: standard output, which a page is not written to.")
  private Path out;

  /** What a report is written as. */
  enum Format {
    /** A page. */
    html,
    /** One JSON document. */
    json,
    /** One number a row. */
    csv
  }

  @Option(
      names = {"-o", "--output"},
      defaultValue = "html",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format output;

  @Override
  public Integer call() {
    String campaign = Target.campaign(target);
    if (out == null && output == Format.html) {
      throw new UsageException("A page needs a file: add --out report.html");
    }
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      write(text(made(new ReportTask(open.store(), Clock.systemUTC()), open, campaign)));
    }
    return ExitCode.DONE;
  }

  private ReportTask.Made made(ReportTask task, StoreOptions.Opened open, String campaign) {
    String namespace = open.resources().namespace();
    Run told =
        run == null ? task.latest(namespace, campaign) : task.named(namespace, campaign, run);
    return task.make(told, compare == null ? null : other(task, namespace, campaign));
  }

  private Run other(ReportTask task, String namespace, String campaign) {
    return compare.contains("/")
        ? task.latest(namespace, Target.campaign(compare))
        : task.named(namespace, campaign, compare);
  }

  private String text(ReportTask.Made made) {
    return switch (output) {
      case html -> made.page();
      case json -> ReportJson.of(made.report());
      case csv -> ReportCsv.of(made.report());
    };
  }

  private void write(String text) {
    PrintWriter stdout = spec.commandLine().getOut();
    if (out == null) {
      stdout.print(text);
    } else {
      try {
        Files.writeString(out, text);
      } catch (IOException e) {
        throw new UsageException("Cannot write " + out + ": " + e.getMessage());
      }
      if (output == Format.html) {
        stdout.println("Look at it in a browser:");
        stdout.println("  " + out.toAbsolutePath().normalize().toUri());
      }
    }
    stdout.flush();
  }
}
