package dev.lettershop.resource;

import dev.lettershop.diagnostic.Diagnostic;
import java.util.List;

/** What one file holds, and what is malformed in it. */
public record ParsedManifests(List<Manifest> manifests, List<Diagnostic> diagnostics) {
  public ParsedManifests {
    manifests = List.copyOf(manifests);
    diagnostics = List.copyOf(diagnostics);
  }
}
