package dev.lettershop.cli.plan;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop plan}: the plan that a campaign compiles to. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Print the plan that a campaign compiles to.",
      "A plan is all that a run will use, as one JSON document that is the same as long as the"
          + " resources mean the same."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:compiled", "1:the campaign has errors", "2:usage"})
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;

  @Parameters(paramLabel = "campaign/NAME", description = "The campaign to compile.")
  private String target;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = {
        "text: indented, with the hash on standard error; json: the canonical bytes that the hash"
            + " is over. Default: ${DEFAULT-VALUE}."
      })
  private OutputFormat output;

  @Override
  public Integer call() {
    String campaign = Target.campaign(target);
    ManifestFiles.Loaded loaded = manifests.load();
    Compilation compilation = new Compilation(spec.commandLine(), loaded);
    Compiled<PlanDocument> result = new PlanCompiler(loaded.resources()).campaign(campaign);
    if (!compilation.report(result.diagnostics(), Diagnostic::isError)) {
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      out.print(result.value().json());
      out.flush();
    } else {
      spec.commandLine().getErr().println(result.value().hash());
      spec.commandLine().getErr().flush();
      Json.print(out, result.value().plan());
    }
    return 0;
  }
}
