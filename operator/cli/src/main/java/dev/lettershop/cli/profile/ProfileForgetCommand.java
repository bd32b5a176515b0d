package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.person.ErasureReport;
import dev.lettershop.store.person.SendingNowException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop profile forget}. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Erase all that is stored about one person, in quarantine too, and the key that it was"
          + " encrypted with.",
      "Hashes of the addresses are kept, so that nobody mails the person when a source brings the"
          + " record back; remove it from the sources too. The audit log proves the erasure.",
      "Refuses while a mail to the person is being sent; who is still to be mailed by a run under"
          + " way is not."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:erased, or with --dry-run: would be",
      "1:the database failed, or a mail is being sent; try again",
      "2:usage or configuration, no such profile, or --yes is missing"
    })
final class ProfileForgetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;
  @Mixin private PersonOptions person;

  @Option(names = "--dry-run", description = "Only say what would be erased.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Erase. It cannot be undone.")
  private boolean yes;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    person.check();
    if (yes == dryRun) {
      throw new UsageException(
          "Erasing cannot be undone: look with --dry-run, then erase with --yes");
    }
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      ErasureReport forgotten =
          open.store()
              .personErasure()
              .forget(
                  person.number(open.store()), open.plan().schema(), StoreOptions.actor(), dryRun)
              .orElseThrow(PersonOptions::nobody);
      print(forgotten);
    } catch (SendingNowException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.RETRY;
    }
    return ExitCode.DONE;
  }

  private void print(ErasureReport forgotten) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, forgotten);
      return;
    }
    out.printf("Profile %d %s%n", forgotten.profileId(), dryRun ? "would be erased" : "is erased");
    forgotten.rows().forEach((table, rows) -> out.printf(Locale.ROOT, "%10d  %s%n", rows, table));
    out.printf(
        Locale.ROOT,
        "%10d  hashes of addresses kept, so that no mail goes there%n",
        forgotten.suppressed());
    if (forgotten.auditId() != null) {
      out.printf(
          "Proof: row %d of the audit log, %s%n", forgotten.auditId(), forgotten.auditHash());
    }
    out.flush();
  }
}
