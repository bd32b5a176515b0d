package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What compiling a campaign gave.
 *
 * @param document null when any diagnostic is an error
 * @param diagnostics all findings, errors first
 */
public record PlanResult(
    PlanDocument document, List<Diagnostic> diagnostics, References references) {
  public PlanResult {
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean succeeded() {
    return document != null;
  }
}
