package dev.lettershop.cli.plan;

import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.schedule.NextRun;
import dev.lettershop.worker.access.ManifestSecrets;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.OptionalLong;
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
      "Say what a run of a campaign would do: who gets what, when, and through whom.",
      "A plan is all that a run will use. As JSON it is one document that is the same as long as the"
          + " resources mean the same."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:compiled",
      "1:the campaign has errors, or the database failed",
      "2:usage or configuration"
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Parameters(paramLabel = "campaign/NAME", description = "The campaign to compile.")
  private String target;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = {
        "text: for people; json: the canonical bytes that the hash is over. Default:"
            + " ${DEFAULT-VALUE}."
      })
  private OutputFormat output;

  @Option(
      names = "--count",
      description = "Also ask the store how many people the campaign's segments hold now.")
  private boolean count;

  @Override
  public Integer call() {
    if (count && output == OutputFormat.json) {
      throw new UsageException("A plan in JSON holds no counts; leave out --count");
    }
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
      CampaignSpec written = loaded.resources().campaigns().get(campaign).getSpec();
      new PlanText(out, result.value())
          .print(
              written.schedule(),
              NextRun.of(written, Clock.systemUTC().instant()),
              count ? people(campaign, loaded) : OptionalLong.empty());
    }
    return 0;
  }

  private OptionalLong people(String campaign, ManifestFiles.Loaded loaded) {
    return embedded.with(
        manifests,
        loaded,
        spec.commandLine(),
        resources ->
            AudienceSize.of(resources, campaign, new ManifestSecrets(resources.secrets())));
  }
}
