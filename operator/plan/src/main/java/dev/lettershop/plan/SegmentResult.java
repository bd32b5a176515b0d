package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What compiling a segment gave.
 *
 * @param plan null when any diagnostic is an error
 * @param diagnostics all findings, errors first
 */
public record SegmentResult(SegmentPlan plan, List<Diagnostic> diagnostics, References references) {
  public SegmentResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
