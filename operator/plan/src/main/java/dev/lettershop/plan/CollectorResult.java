package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What compiling a collector gave.
 *
 * @param plan null when any diagnostic is an error
 * @param diagnostics all findings, errors first
 */
public record CollectorResult(
    CollectorPlan plan, List<Diagnostic> diagnostics, References references) {
  public CollectorResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
