package dev.lettershop.cli.segment;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.Target;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.SegmentStudy;
import java.time.Clock;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options that name a segment, and how its store is reached. */
final class SegmentOptions {
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Parameters(paramLabel = "segment/NAME", description = "The segment.")
  private String target;

  /**
   * Asks the store of the segment.
   *
   * @return whether the resources are sound; what is wrong with them was said when they are not
   */
  boolean ask(CommandLine commandLine, BiConsumer<SegmentPlan, SegmentStudy> work) {
    String name = Target.of(target, Target.Kind.Segment).name();
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<SegmentPlan> written = new PlanCompiler(loaded.resources()).segment(name);
    if (!new Compilation(commandLine, loaded).report(written.diagnostics(), Diagnostic::isError)) {
      return false;
    }
    return embedded.with(
        manifests,
        loaded,
        commandLine,
        resources -> {
          ask(name, resources, work);
          return true;
        });
  }

  private static void ask(
      String name, ResourceSet resources, BiConsumer<SegmentPlan, SegmentStudy> work) {
    SegmentPlan plan = new PlanCompiler(resources).segment(name).value();
    ManifestSecrets secrets = new ManifestSecrets(resources.secrets());
    work.accept(plan, new SegmentStudy(plan, secrets, Clock.systemUTC()));
  }
}
