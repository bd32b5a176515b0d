package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What a compilation came to.
 *
 * @param value null when any diagnostic is an error, or when there is nothing to compile
 * @param diagnostics all findings, errors first
 * @param references what was looked at
 */
public record Compiled<T>(T value, List<Diagnostic> diagnostics, References references) {
  public Compiled {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether there is something to work with. */
  public boolean succeeded() {
    return value != null;
  }
}
