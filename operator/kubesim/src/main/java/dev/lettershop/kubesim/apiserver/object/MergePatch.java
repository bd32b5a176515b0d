package dev.lettershop.kubesim.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON Merge Patch (RFC 7386): lists are replaced, null removes. */
public final class MergePatch {
  private MergePatch() {}

  /** The target is left as it is. */
  public static JsonNode applied(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode result =
        target instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        JsonNode old = result.path(field.getKey());
        result.set(field.getKey(), applied(old, field.getValue()));
      }
    }
    return result;
  }

  /**
   * Whether a strategic merge patch says the same as a merge patch would: it holds no directives,
   * and no list of objects, which it would merge by key.
   *
   * @param atomic whether the kind's lists are replaced as a whole anyway
   */
  public static boolean isPlain(JsonNode patch, boolean atomic) {
    for (JsonNode item : patch) {
      if (patch.isArray() && item.isObject() && !atomic || !isPlain(item, atomic)) {
        return false;
      }
    }
    return patch.properties().stream().noneMatch(field -> field.getKey().startsWith("$"));
  }
}
