package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What compiling a model gave.
 *
 * @param plan null when any diagnostic is an error
 * @param diagnostics all findings, errors first
 */
public record ModelResult(ModelPlan plan, List<Diagnostic> diagnostics, References references) {
  public ModelResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
