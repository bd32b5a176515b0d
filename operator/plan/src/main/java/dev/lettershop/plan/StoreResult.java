package dev.lettershop.plan;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/**
 * What became of compiling a store.
 *
 * @param store null when there is an error
 */
public record StoreResult(Plan.Store store, List<Diagnostic> diagnostics) {
  public StoreResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
