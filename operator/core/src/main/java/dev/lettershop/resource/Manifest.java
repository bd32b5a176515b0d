package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.diagnostic.ResourceRef;
import java.util.Map;

/**
 * One document of a file of manifests.
 *
 * @param namespace as written, or null
 * @param json the document; an object
 * @param places where each field starts, by path; the empty path is the document
 */
public record Manifest(
    ResourceRef ref,
    String namespace,
    String apiVersion,
    JsonNode json,
    Map<String, SourceLocation> places) {
  public Manifest {
    places = Map.copyOf(places);
  }
}
