package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Fills in the defaults of a schema, as an API server does before it validates. */
final class Defaults {
  private Defaults() {}

  /** A copy of the resource with its defaults; null counts as absent where there is a default. */
  static JsonNode applied(JsonNode schema, JsonNode resource) {
    JsonNode copy = resource.deepCopy();
    apply(schema, copy);
    return copy;
  }

  private static void apply(JsonNode schema, JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        JsonNode value = property.getValue().get("default");
        if (value != null && !object.hasNonNull(property.getKey())) {
          object.set(property.getKey(), value.deepCopy());
        }
      }
    }
    SchemaWalk.children(schema, "", node).forEach(child -> apply(child.schema(), child.node()));
  }
}
