package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Goes down a resource and its schema together. */
final class SchemaWalk {
  private SchemaWalk() {}

  /**
   * A value inside another one, with what the schema says of it.
   *
   * @param step the name of the field, or the index in brackets
   */
  record Child(JsonNode schema, String step, String path, JsonNode node) {}

  /** The values directly below that the schema knows. */
  static List<Child> children(JsonNode schema, String path, JsonNode node) {
    List<Child> children = new ArrayList<>();
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        JsonNode own = schema.path("properties").get(field.getKey());
        JsonNode below = own == null ? schema.get("additionalProperties") : own;
        if (below != null && below.isObject()) {
          String name = field.getKey();
          children.add(new Child(below, name, field(path, name), field.getValue()));
        }
      }
    } else if (node.isArray() && schema.has("items")) {
      for (int i = 0; i < node.size(); i++) {
        String index = "[" + i + "]";
        children.add(new Child(schema.get("items"), index, path + index, node.get(i)));
      }
    }
    return children;
  }

  static String field(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
