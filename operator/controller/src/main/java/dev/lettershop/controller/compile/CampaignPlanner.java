package dev.lettershop.controller.compile;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.controller.cluster.Dependents;
import dev.lettershop.controller.workload.PlanSize;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.References;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.schedule.NextRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compiles campaigns with the sources that their runs read: pure functions. */
public final class CampaignPlanner {

  private CampaignPlanner() {}

  /** To be called with the compiler of the campaign's namespace. */
  public static CampaignPlan plan(Campaign campaign, PlanCompiler compiler) {
    String store = campaign.getSpec().storeRef().name();
    Compiled<PlanDocument> compiled = compiler.campaign(campaign);
    // Nothing is read before a mail that waits for its reader.
    List<Compiled<SourcePlan>> read =
        isTriggered(campaign) ? List.of() : compiler.sourcesReadBeforeRuns(store);
    ResourceRef ref = new ResourceRef("Campaign", campaign.getMetadata().getName());
    Set<Diagnostic> found = new java.util.LinkedHashSet<>(compiled.diagnostics());
    read.forEach(source -> found.addAll(source.diagnostics()));
    schedule(campaign).forEach(problem -> found.add(problem.at(ref)));
    Set<ResourceRef> all = new HashSet<>(compiled.references().all());
    Set<ResourceRef> missing = new HashSet<>(compiled.references().missing());
    for (Compiled<SourcePlan> source : read) {
      all.addAll(source.references().all());
      missing.addAll(source.references().missing());
    }
    // A source that comes or goes changes what a run reads.
    all.add(Dependents.sourcesOf(store));
    PlanFiles files = null;
    List<SourcePlan> sources = List.of();
    if (compiled.succeeded() && found.stream().noneMatch(Diagnostic::isError)) {
      sources = read.stream().map(Compiled::value).toList();
      files = PlanFiles.of(compiled.value(), sources);
      PlanSize.check(files, compiled.value()).ifPresent(found::add);
    }
    List<Diagnostic> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(Diagnostic::severity));
    boolean sound = files != null && found.stream().noneMatch(Diagnostic::isError);
    return new CampaignPlan(
        sound ? compiled.value() : null,
        sources,
        sound ? files : null,
        sorted,
        new References(all, missing));
  }

  /** Whether the campaign mails people when something happens to them. */
  public static boolean isTriggered(Campaign campaign) {
    return campaign.getSpec().schedule() != null && campaign.getSpec().schedule().trigger() != null;
  }

  private static List<FieldProblem> schedule(Campaign campaign) {
    return campaign.getSpec().schedule() == null
        ? List.of()
        : NextRun.problems(campaign.getSpec().schedule(), "spec.schedule");
  }
}
