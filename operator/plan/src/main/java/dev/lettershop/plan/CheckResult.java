package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What checking a resource gave that has no plan of its own.
 *
 * @param diagnostics all findings, errors first; also those of the resources that it refers to
 */
public record CheckResult(List<Diagnostic> diagnostics, References references) {
  public CheckResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
