package dev.lettershop.kubesim.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The part of an object's metadata that only the server writes. */
public final class Metadata {
  private static final List<String> KEPT =
      List.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "generation",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private Metadata() {}

  /** The metadata of a new object, which has its name already. */
  public static void begin(ResourceType type, ObjectNode object, String namespace, Clock clock) {
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    if (type.namespaced()) {
      metadata.put("namespace", namespace);
    } else {
      metadata.remove("namespace");
    }
    metadata.remove(
        List.of("deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"));
    metadata.remove("managedFields");
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", now(clock));
    if (hasGeneration(type)) {
      metadata.put("generation", 1);
    }
  }

  /** Takes over from the object as it was what its writers have no say in. */
  public static void carry(ObjectNode object, JsonNode before) {
    ObjectNode metadata = object.withObject("/metadata");
    JsonNode old = before.get("metadata");
    metadata.remove("managedFields");
    for (String field : KEPT) {
      if (old.has(field)) {
        metadata.set(field, old.get(field));
      } else {
        metadata.remove(field);
      }
    }
  }

  /** Counts a change of what is wanted. */
  public static void count(ResourceType type, ObjectNode object, JsonNode before) {
    if (hasGeneration(type) && !desired(object).equals(desired(before))) {
      ObjectNode metadata = (ObjectNode) object.get("metadata");
      metadata.put("generation", before.at("/metadata/generation").asLong() + 1);
    }
  }

  /** Marks an object that is to be deleted, once. */
  public static void markDeleted(ResourceType type, ObjectNode object, long grace, Clock clock) {
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    if (!metadata.has("deletionTimestamp")) {
      metadata.put("deletionTimestamp", now(clock));
      if (hasGeneration(type)) {
        metadata.put("generation", metadata.path("generation").asLong() + 1);
      }
    }
    metadata.put("deletionGracePeriodSeconds", grace);
  }

  public static boolean isMarkedDeleted(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  public static boolean hasFinalizers(JsonNode object) {
    return !object.at("/metadata/finalizers").isEmpty();
  }

  /** Whether two objects are the same, their version apart. */
  public static boolean same(ObjectNode one, ObjectNode other) {
    return withoutVersion(one).equals(withoutVersion(other));
  }

  private static ObjectNode withoutVersion(ObjectNode object) {
    ObjectNode copy = object.objectNode();
    copy.setAll(object);
    ObjectNode metadata = object.objectNode();
    for (Map.Entry<String, JsonNode> field : object.get("metadata").properties()) {
      if (!field.getKey().equals("resourceVersion")) {
        metadata.set(field.getKey(), field.getValue());
      }
    }
    copy.set("metadata", metadata);
    return copy;
  }

  private static ObjectNode desired(JsonNode object) {
    ObjectNode copy = ((ObjectNode) object).objectNode();
    copy.setAll((ObjectNode) object);
    copy.remove(List.of("metadata", "status"));
    return copy;
  }

  private static boolean hasGeneration(ResourceType type) {
    return type.status() && !type.kind().equals("Namespace");
  }

  private static String now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
