package dev.lettershop.controller.compile;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.References;
import dev.lettershop.plan.SourcePlan;
import java.util.List;

/**
 * What a campaign comes to.
 *
 * @param document null when any diagnostic is an error
 * @param sources those that are read before each run, in this order
 * @param files what a worker is handed; null when there is no document
 * @param diagnostics all findings, errors first; also those of what it refers to
 */
public record CampaignPlan(
    PlanDocument document,
    List<SourcePlan> sources,
    PlanFiles files,
    List<Diagnostic> diagnostics,
    References references) {
  public CampaignPlan {
    sources = List.copyOf(sources);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean succeeded() {
    return document != null;
  }
}
