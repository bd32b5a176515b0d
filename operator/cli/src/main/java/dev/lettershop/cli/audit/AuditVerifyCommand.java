package dev.lettershop.cli.audit;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.audit.AuditCheck;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop audit verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Check that no row of the audit log was changed, removed or moved.",
      "Works out every hash anew and prints the last one, the head. Note the head somewhere else:"
          + " with --head a later check also finds out whether the end was cut off, or all of it"
          + " written anew."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything is as it was written",
      "1:a row is not as it was written, or the database failed",
      "2:usage or configuration"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private static final int BROKEN = 1;

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "A head that was noted earlier: the log must still hold it.")
  private String head;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    if (head != null && !head.matches("[0-9A-Fa-f]{64}")) {
      throw new UsageException("--head is a hash: 64 hexadecimal digits, as audit verify prints");
    }
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      AuditCheck check = open.store().audit().verify(head);
      print(check);
      return check.intact() ? ExitCode.DONE : BROKEN;
    }
  }

  private void print(AuditCheck check) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, check);
    } else if (check.intact()) {
      out.printf(Locale.ROOT, "%,d rows, all as they were written%n", check.entries());
      out.println("head " + check.head());
    } else {
      out.println("The audit log is broken: " + check.problem());
      out.printf(Locale.ROOT, "%,d rows were looked at%n", check.entries());
    }
    out.flush();
  }
}
