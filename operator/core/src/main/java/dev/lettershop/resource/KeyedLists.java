package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds items that occur twice in lists of type map or set. */
final class KeyedLists {
  private KeyedLists() {}

  static List<FieldProblem> check(JsonNode schema, JsonNode resource) {
    List<FieldProblem> problems = new ArrayList<>();
    check(schema, "", resource, problems);
    return problems;
  }

  /** What an item of a keyed list is known by; the item itself in a set. */
  static List<JsonNode> key(JsonNode listSchema, JsonNode item) {
    List<JsonNode> key = new ArrayList<>();
    if (listSchema.path("x-kubernetes-list-type").asText().equals("map")) {
      listSchema.get("x-kubernetes-list-map-keys").forEach(k -> key.add(item.path(k.asText())));
    } else {
      key.add(item);
    }
    return key;
  }

  private static void check(
      JsonNode schema, String path, JsonNode node, List<FieldProblem> problems) {
    String type = schema.path("x-kubernetes-list-type").asText("atomic");
    if (node.isArray() && !type.equals("atomic")) {
      Map<List<JsonNode>, Integer> first = new HashMap<>();
      for (int i = 0; i < node.size(); i++) {
        List<JsonNode> key = key(schema, node.get(i));
        boolean complete = key.stream().allMatch(JsonNode::isValueNode);
        Integer same = complete ? first.putIfAbsent(key, i) : null;
        if (same != null) {
          problems.add(twice(schema, path, i, same));
        }
      }
    }
    SchemaWalk.children(schema, path, node)
        .forEach(child -> check(child.schema(), child.path(), child.node(), problems));
  }

  /** Without the value: it may be an address. */
  private static FieldProblem twice(JsonNode schema, String path, int index, int same) {
    List<String> keys = new ArrayList<>();
    schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
    String what = keys.isEmpty() ? "repeats item " : "has the same " + and(keys) + " as item ";
    return new FieldProblem(
        path + "[" + index + "]",
        Problem.error(null, what + same + ", counted from 0", "remove one of them"));
  }

  private static String and(List<String> names) {
    return String.join(" and ", names);
  }
}
