package dev.lettershop.resource;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import java.util.List;
import java.util.Map;

/**
 * What one file holds, and what is malformed in it.
 *
 * @param files file of each resource that is not among the manifests because of what is wrong with
 *     it; positions of findings about it are places in that file
 */
public record ParsedManifests(
    List<Manifest> manifests, List<Diagnostic> diagnostics, Map<ResourceRef, String> files) {
  public ParsedManifests {
    manifests = List.copyOf(manifests);
    diagnostics = List.copyOf(diagnostics);
    files = Map.copyOf(files);
  }
}
