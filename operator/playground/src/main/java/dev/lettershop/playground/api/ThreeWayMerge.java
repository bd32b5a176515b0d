package dev.lettershop.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a resource when somebody applies another version of it: what he writes is taken,
 * what he wrote before and writes no more is removed, and what others wrote stays. A list is one
 * value, as in RFC 7386 and in kubectl's way with custom resources; the defaults that a server has
 * put into its elements stay as long as it is not written differently.
 */
final class ThreeWayMerge {
  private ThreeWayMerge() {}

  /**
   * @param live as it is
   * @param before as it was applied the last time; empty when it never was
   * @param wanted as it is applied now
   */
  static ObjectNode of(ObjectNode live, JsonNode before, JsonNode wanted) {
    ObjectNode merged = live.deepCopy();
    for (String field : names(before)) {
      if (!wanted.has(field)) {
        merged.remove(field);
      }
    }
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (value.isNull()) {
        merged.remove(name);
      } else if (value.isObject() && merged.path(name) instanceof ObjectNode inside) {
        merged.set(name, of(inside, before.path(name), value));
      } else if (!value.equals(before.path(name)) || !covers(merged.path(name), value)) {
        merged.set(name, value.deepCopy());
      }
    }
    return merged;
  }

  /** Whether something holds all that is wanted, and perhaps defaults that the server has added. */
  private static boolean covers(JsonNode live, JsonNode wanted) {
    if (wanted.isArray()) {
      boolean all = live.isArray() && live.size() == wanted.size();
      for (int i = 0; all && i < wanted.size(); i++) {
        all = covers(live.get(i), wanted.get(i));
      }
      return all;
    }
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(field -> covers(live.path(field.getKey()), field.getValue()));
    }
    return live.equals(wanted);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
