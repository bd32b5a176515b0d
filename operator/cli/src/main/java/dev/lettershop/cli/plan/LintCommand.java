package dev.lettershop.cli.plan;

import dev.lettershop.cli.output.DiagnosticJson;
import dev.lettershop.cli.output.DiagnosticPrinter;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.Manifest;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.source.describe.SourceFileCheck;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.worker.access.ManifestInputs;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop lint}: everything that is wrong with a set of manifests, without a cluster. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Find everything that is wrong with a set of manifests.",
      "Checks schema, references, expressions and templates, and columns of CSV files that stand where"
          + " the manifests are. Needs no cluster and no database."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:clean", "1:findings", "2:usage, or a path that cannot be read"})
public final class LintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = {
        "text; json; sarif (2.1.0, for code scanning); github (annotations of GitHub Actions); junit"
            + " (XML, a test for each resource). Default: ${DEFAULT-VALUE}."
      })
  private LintFormat output;

  @Option(
      names = "--warnings-as-errors",
      description = "Exit with 1 also when there are only warnings.")
  private boolean strict;

  @Option(
      names = "--hints",
      description = "Show hints too: what could be better, but is not wrong.")
  private boolean hints;

  /** What {@code -o json} prints: hints are always among the findings. */
  public record Result(
      int resources, long errors, long warnings, long hints, List<DiagnosticJson> findings) {}

  @Override
  public Integer call() {
    ManifestFiles.Loaded loaded = manifests.load();
    Set<Diagnostic> all = new LinkedHashSet<>(loaded.diagnostics());
    PlanCompiler compiler = new PlanCompiler(loaded.resources());
    all.addAll(compiler.lint());
    all.addAll(compiler.past(Clock.systemUTC().instant()));
    all.addAll(files(loaded.resources(), compiler));
    all.addAll(ExperimentPower.problems(loaded.resources()));
    List<Diagnostic> findings = new ArrayList<>(all);
    long errors = findings.stream().filter(Diagnostic::isError).count();
    long warnings = count(findings, Severity.Warning);
    long hinted = count(findings, Severity.Info);
    print(
        loaded,
        findings,
        new Result(
            loaded.resources().size(),
            errors,
            warnings,
            hinted,
            DiagnosticJson.of(findings, loaded.resources())));
    return errors > 0 || (strict && warnings > 0) ? 1 : 0;
  }

  private void print(ManifestFiles.Loaded loaded, List<Diagnostic> findings, Result result) {
    PrintWriter out = spec.commandLine().getOut();
    LintFindings found =
        new LintFindings(
            loaded.manifests().stream()
                .filter(manifest -> manifest.apiVersion().startsWith("lettershop.dev/"))
                .map(Manifest::ref)
                .toList(),
            shown(findings),
            loaded.resources(),
            strict);
    switch (output) {
      case json -> Json.print(out, result);
      case sarif -> Json.print(out, SarifReport.of(found));
      case github -> GithubReport.of(found).forEach(out::println);
      case junit -> out.println(new JunitReport(found).text());
      default -> {
        var ansi = spec.commandLine().getColorScheme().ansi();
        new DiagnosticPrinter(out, ansi, loaded.resources()).print(found.findings());
        out.println(
            summary(result.resources(), result.errors(), result.warnings(), result.hints()));
      }
    }
    out.flush();
  }

  /** What files show that stand where the resources are. */
  private static List<Diagnostic> files(ResourceSet resources, PlanCompiler compiler) {
    ManifestInputs inputs = new ManifestInputs(resources, null);
    List<Diagnostic> found = new ArrayList<>();
    for (String name : resources.profileSources().keySet()) {
      SourcePlan plan = compiler.source(name).value();
      if (plan == null) {
        continue;
      }
      SourceDefinition source = new SourceDefinition(name, plan.spec());
      found.addAll(SourceFileCheck.problems(source, inputs.tables(name)));
      if (plan.spec().file() != null) {
        found.addAll(
            SourceFileCheck.problems(
                source, plan.store().schema(), inputs.of(name, plan.spec().file())));
      }
    }
    return found;
  }

  private static long count(List<Diagnostic> findings, Severity severity) {
    return findings.stream().filter(d -> d.severity() == severity).count();
  }

  private List<Diagnostic> shown(List<Diagnostic> findings) {
    return findings.stream().filter(d -> hints || d.severity() != Severity.Info).toList();
  }

  private String summary(int resources, long errors, long warnings, long hinted) {
    String found =
        errors + warnings == 0
            ? "nothing to report"
            : counted(errors, "error") + ", " + counted(warnings, "warning");
    String more =
        hinted == 0 ? "" : ", " + counted(hinted, "hint") + (hints ? "" : " (--hints shows them)");
    return counted(resources, "resource") + ": " + found + more;
  }

  private static String counted(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
