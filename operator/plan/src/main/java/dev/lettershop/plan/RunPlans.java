package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * All that one run needs, compiled: the campaign, and the sources that fill its store.
 *
 * @param campaign null when there is an error
 * @param sources those without errors, in the order in which they are best synced: profiles,
 *     consents, events, each by name
 * @param diagnostics all findings, errors first
 */
public record RunPlans(
    PlanDocument campaign, List<SourcePlan> sources, List<Diagnostic> diagnostics) {
  public RunPlans {
    sources = List.copyOf(sources);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean succeeded() {
    return diagnostics.stream().noneMatch(Diagnostic::isError);
  }
}
