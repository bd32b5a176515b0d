package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What compiling the reading of bounces gave.
 *
 * @param plan null when any diagnostic is an error, or when bounces are not read
 * @param diagnostics all findings, errors first
 */
public record BouncesResult(BouncesPlan plan, List<Diagnostic> diagnostics, References references) {
  public BouncesResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
