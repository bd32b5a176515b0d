package dev.lettershop.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.resource.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies resources as kubectl does on its own side: what was applied is remembered in the same
 * annotation, so that both can be used in turn.
 */
public final class Applier {
  /** What applying came to, in kubectl's words. */
  public enum Outcome {
    created,
    configured,
    unchanged
  }

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final int MAX_ATTEMPTS = 5;

  private final ApiClient client;
  private final String namespace;

  /**
   * @param namespace of resources that name none
   */
  public Applier(ApiClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Manifests in the order in which they are best applied; otherwise as they are written. */
  public static List<Manifest> inOrder(List<Manifest> manifests) {
    return manifests.stream()
        .sorted(
            Comparator.comparing(
                manifest -> ResourceKinds.of(manifest.json()).map(ResourceKinds::rank).orElse(0)))
        .toList();
  }

  /**
   * @param manifest as it is written; its status does not count
   * @throws ApiFailure when the server refuses it
   * @throws IllegalArgumentException when it is of a kind that is not known
   */
  public Outcome apply(JsonNode manifest) {
    ResourceKind kind =
        ResourceKinds.of(manifest)
            .orElseThrow(() -> new IllegalArgumentException("not a kind that is applied"));
    ObjectNode wanted = wanted(manifest);
    String home = wanted.at("/metadata/namespace").asText();
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(kind, home, wanted);
      } catch (ApiFailure e) {
        if (!e.isConflict() || attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Outcome attempt(ResourceKind kind, String home, ObjectNode wanted) {
    String name = wanted.at("/metadata/name").asText();
    ObjectNode marked = marked(wanted);
    Optional<JsonNode> live = client.get(kind, home, name);
    if (live.isEmpty()) {
      client.create(kind, home, marked);
      return Outcome.created;
    }
    JsonNode before = before(live.get());
    if (sameMeaning(before, wanted)) {
      // Somebody else's spelling of the same, such as kubectl's, is not a change.
      mark(marked, mark(live.get()));
    }
    ObjectNode merged = ThreeWayMerge.of((ObjectNode) live.get(), before, marked);
    if (merged.equals(live.get())) {
      return Outcome.unchanged;
    }
    client.replace(kind, home, merged);
    return Outcome.configured;
  }

  private static boolean sameMeaning(JsonNode before, JsonNode wanted) {
    JsonNode copy = before.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata
        && metadata.path("annotations").isEmpty()) {
      metadata.remove("annotations");
    }
    return copy.equals(wanted);
  }

  private ObjectNode wanted(JsonNode manifest) {
    ObjectNode wanted = manifest.deepCopy();
    wanted.remove("status");
    ObjectNode metadata = (ObjectNode) wanted.get("metadata");
    if (metadata.path("namespace").asText("").isEmpty()) {
      metadata.put("namespace", namespace);
    }
    if (metadata.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(LAST_APPLIED);
    }
    if (wanted.path("kind").asText().equals("Secret")) {
      encode(wanted);
    }
    // Numbers compare equal only when the same parser has read them.
    return (ObjectNode) ApiClient.parsed(ApiClient.text(wanted));
  }

  /** What an API server does with {@code stringData}; done here, it compares with what is there. */
  private static void encode(ObjectNode secret) {
    JsonNode texts = secret.remove("stringData");
    if (texts == null) {
      return;
    }
    ObjectNode data = secret.withObjectProperty("data");
    for (Map.Entry<String, JsonNode> text : texts.properties()) {
      byte[] value = text.getValue().asText().getBytes(StandardCharsets.UTF_8);
      data.put(text.getKey(), Base64.getEncoder().encodeToString(value));
    }
  }

  private static ObjectNode marked(ObjectNode wanted) {
    ObjectNode marked = wanted.deepCopy();
    mark(marked, ApiClient.text(wanted) + "\n");
    return marked;
  }

  private static void mark(ObjectNode resource, String text) {
    ObjectNode metadata = (ObjectNode) resource.get("metadata");
    metadata.withObjectProperty("annotations").put(LAST_APPLIED, text);
  }

  private static String mark(JsonNode live) {
    return live.at("/metadata/annotations").path(LAST_APPLIED).asText("");
  }

  private static JsonNode before(JsonNode live) {
    String text = mark(live);
    return ApiClient.parsed(text.isEmpty() ? "{}" : text);
  }
}
