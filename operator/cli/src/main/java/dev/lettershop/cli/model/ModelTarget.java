package dev.lettershop.cli.model;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.Target;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.ModelTask;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The model that a command is about, out of manifests. */
public final class ModelTarget {
  @Mixin private ManifestOptions manifests;

  @Parameters(paramLabel = "model/NAME", description = "The model.")
  private String target;

  /** The model's name. */
  String name() {
    return Target.of(target, Target.Kind.Model).name();
  }

  /** What can be done with it; empty after printing what stands in the way. */
  Optional<ModelTask> task(CommandLine commandLine) {
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<ModelPlan> compiled = new PlanCompiler(loaded.resources()).model(name());
    return new Compilation(commandLine, loaded).report(compiled.diagnostics(), Diagnostic::isError)
        ? Optional.of(
            new ModelTask(
                compiled.value(),
                new ManifestSecrets(loaded.resources().secrets()),
                RunListener.NONE,
                Clock.systemUTC()))
        : Optional.empty();
  }
}
