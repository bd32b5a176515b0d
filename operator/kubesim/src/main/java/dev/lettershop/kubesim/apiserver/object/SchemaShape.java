package dev.lettershop.kubesim.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a CRD's schema does to an object before it is validated: unknown fields and defaults. */
public final class SchemaShape {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

  private final JsonNode schema;

  public SchemaShape(ResourceType type) {
    this.schema = type.crd().at("/schema/openAPIV3Schema");
  }

  /** Removes what is not in the schema, and says what it was: {@code spec.colour}. */
  public List<String> prune(ObjectNode object) {
    List<String> unknown = new ArrayList<>();
    prune(schema, object, "", unknown);
    return unknown;
  }

  /** Sets what is absent, or null where it may not be, and has a default. */
  public void fill(ObjectNode object) {
    fill(schema, object);
  }

  private static void prune(JsonNode schema, JsonNode node, String path, List<String> unknown) {
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (node instanceof ObjectNode object && (schema.has("properties") || path.isEmpty())) {
      List<String> foreign = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String name = field.getKey();
        JsonNode own = schema.path("properties").path(name);
        if (path.isEmpty() && OF_EVERY_OBJECT.contains(name)) {
          continue;
        }
        if (own.isMissingNode() && !open) {
          foreign.add(name);
        } else {
          prune(own, field.getValue(), path + name + ".", unknown);
        }
      }
      foreign.forEach(name -> unknown.add(path + name));
      object.remove(foreign);
    } else if (node.isObject()) {
      JsonNode values = schema.path("additionalProperties");
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        prune(values, field.getValue(), path + field.getKey() + ".", unknown);
      }
    } else if (node.isArray()) {
      String list = path.substring(0, path.length() - 1);
      for (int i = 0; i < node.size(); i++) {
        prune(schema.path("items"), node.get(i), list + "[" + i + "].", unknown);
      }
    }
  }

  private static void fill(JsonNode schema, JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        JsonNode value = property.getValue().get("default");
        if (value != null && !object.hasNonNull(property.getKey())) {
          object.set(property.getKey(), value.deepCopy());
        }
        fill(property.getValue(), object.path(property.getKey()));
      }
      JsonNode values = schema.path("additionalProperties");
      if (values.isObject()) {
        object.forEach(value -> fill(values, value));
      }
    } else if (node.isArray()) {
      node.forEach(item -> fill(schema.path("items"), item));
    }
  }
}
