package dev.lettershop.cli.model;

import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.Failure;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.pod.JobEnd;
import dev.lettershop.cli.pod.PodJob;
import dev.lettershop.cli.pod.PodOptions;
import dev.lettershop.cli.pod.PodWork;
import dev.lettershop.cli.pod.SchemaStatusReport;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.ModelTask;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop score}: scores people, for somebody at a terminal or in a Pod. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Score everybody of a model's population.",
      "Trains first when the newest version is older than spec.retrainAfter or was trained from another"
          + " spec. Scores are written at once; people whose score is the same are not touched.",
      "",
      "With model/NAME the model is taken from manifests; without it, from the plan in --plan, as in the"
          + " Pods of a Model's CronJob."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:scored",
      "1:the database failed; try again",
      "2:usage or configuration, or no version may be used"
    })
public final class ScoreCommand implements Callable<Integer>, PodWork {
  @Spec private CommandSpec spec;

  /** Null in a Pod, which has a plan. */
  @ArgGroup(exclusive = false)
  private ManifestOptions manifests;

  @Mixin private PodOptions pod;
  @Mixin private EmbeddedOption embedded;

  @Parameters(arity = "0..1", paramLabel = "model/NAME", description = "The model.")
  private String target;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  private final Clock clock = Clock.systemUTC();
  private PodJob job;

  @Override
  public Integer call() throws Exception {
    if (target != null) {
      return fromManifests();
    }
    job = new PodJob(spec.commandLine(), pod);
    return job.run(this);
  }

  private int fromManifests() {
    String name = Target.of(target, Target.Kind.Model).name();
    if (manifests == null) {
      throw new UsageException("Say with -f where the manifests of Model/" + name + " are");
    }
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<ModelPlan> compiled = new PlanCompiler(loaded.resources()).model(name);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(compiled.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    return embedded.with(
        manifests, loaded, spec.commandLine(), resources -> scored(name, resources));
  }

  private int scored(String name, ResourceSet resources) {
    ModelRun run =
        new ModelTask(
                new PlanCompiler(resources).model(name).value(),
                new ManifestSecrets(resources.secrets()),
                RunListener.NONE,
                clock)
            .score();
    if (output == OutputFormat.json) {
      Json.print(spec.commandLine().getOut(), run);
    } else {
      spec.commandLine().getOut().println(ModelText.sentence(name, run));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE;
  }

  @Override
  public JobEnd run(Cancellation cancellation) {
    ModelPlan plan = pod.plan().model();
    job.report(plan.namespace(), "models", plan.name(), null);
    ModelRun run =
        new ModelTask(
                plan,
                pod.secrets(),
                new SchemaStatusReport(RunListener.NONE, job, plan.namespace()),
                clock)
            .score();
    return new JobEnd(
        ExitCode.DONE,
        TerminationMessage.ofModel("Succeeded", ModelText.sentence(plan.name(), run), run, time()),
        Map.of("lastRun", run));
  }

  @Override
  public JobEnd failed(Failure failure) {
    return new JobEnd(
        failure.exitCode(),
        TerminationMessage.ofModel(failure.reason(), failure.message(), null, time()),
        null);
  }

  private String time() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
