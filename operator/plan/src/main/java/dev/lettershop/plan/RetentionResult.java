package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What compiling a store's retention gave.
 *
 * @param plan null when any diagnostic is an error
 * @param diagnostics all findings, errors first
 */
public record RetentionResult(
    RetentionPlan plan, List<Diagnostic> diagnostics, References references) {
  public RetentionResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
