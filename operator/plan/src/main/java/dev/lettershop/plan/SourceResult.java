package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What compiling a source gave.
 *
 * @param plan null when any diagnostic is an error
 * @param diagnostics all findings, errors first
 */
public record SourceResult(SourcePlan plan, List<Diagnostic> diagnostics, References references) {
  public SourceResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
