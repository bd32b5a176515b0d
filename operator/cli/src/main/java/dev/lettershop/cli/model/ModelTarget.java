package dev.lettershop.cli.model;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.Target;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.ModelTask;
import java.time.Clock;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The model that a command is about, out of manifests. */
public final class ModelTarget {
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Parameters(paramLabel = "model/NAME", description = "The model.")
  private String target;

  /** The model's name. */
  String name() {
    return Target.of(target, Target.Kind.Model).name();
  }

  /**
   * Does something with it.
   *
   * @param work returns an exit code
   * @return its exit code, or that of wrong manifests after printing what is wrong with them
   */
  int with(CommandLine commandLine, ToIntFunction<ModelTask> work) {
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<ModelPlan> written = new PlanCompiler(loaded.resources()).model(name());
    if (!new Compilation(commandLine, loaded).report(written.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    return embedded.with(
        manifests, loaded, commandLine, resources -> work.applyAsInt(task(resources)));
  }

  private ModelTask task(ResourceSet resources) {
    return new ModelTask(
        new PlanCompiler(resources).model(name()).value(),
        new ManifestSecrets(resources.secrets()),
        RunListener.NONE,
        Clock.systemUTC());
  }
}
