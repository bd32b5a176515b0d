package dev.lettershop.kubesim.apiserver.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.encoding.JsonMappers;

/**
 * One version of an object. Never changed: who wants another version makes a copy of the JSON.
 *
 * @param namespace empty for objects of the cluster
 * @param bytes the JSON as it is sent, made once for all who read it
 */
public record StoredObject(
    String namespace, String name, ObjectNode json, byte[] bytes, long version) {
  public static final JsonMapper JSON = JsonMappers.PLAIN;

  public static StoredObject of(ObjectNode json, long version) {
    ObjectNode metadata = (ObjectNode) json.get("metadata");
    metadata.put("resourceVersion", Long.toString(version));
    return new StoredObject(
        metadata.path("namespace").asText(""),
        metadata.get("name").asText(),
        json,
        bytes(json),
        version);
  }

  public static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON can always be written", e);
    }
  }
}
