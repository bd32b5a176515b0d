package dev.lettershop.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What in a CRD would break resources, or clients, that got along with an earlier one. Follows <a
 * href="https://kubernetes.io/docs/reference/using-api/deprecation-policy/">Kubernetes' rules</a>
 * for versions, and looks at schemas field by field.
 */
final class BreakingChanges {
  private static final List<String> LOWER =
      List.of("minimum", "minLength", "minItems", "minProperties");
  private static final List<String> UPPER =
      List.of("maximum", "maxLength", "maxItems", "maxProperties");

  private final List<String> found = new ArrayList<>();

  private BreakingChanges() {}

  /**
   * Compares two CRDs of the same name.
   *
   * @return one sentence for each break, with the version and path of the field
   */
  static List<String> between(JsonNode before, JsonNode after) {
    BreakingChanges changes = new BreakingChanges();
    changes.names(before.path("spec"), after.path("spec"));
    for (JsonNode version : before.at("/spec/versions")) {
      changes.version(version, named(after.at("/spec/versions"), version.path("name").asText()));
    }
    return changes.found;
  }

  private static JsonNode named(JsonNode versions, String name) {
    for (JsonNode version : versions) {
      if (version.path("name").asText().equals(name)) {
        return version;
      }
    }
    return null;
  }

  private void names(JsonNode before, JsonNode after) {
    for (String path : List.of("/group", "/scope", "/names/kind", "/names/plural")) {
      if (!before.at(path).equals(after.at(path))) {
        say(
            path.substring(1).replace('/', '.'),
            "was " + before.at(path) + ", is " + after.at(path));
      }
    }
    for (JsonNode name : before.at("/names/shortNames")) {
      if (!values(after.at("/names/shortNames")).contains(name.toString())) {
        say("names.shortNames", "lost " + name);
      }
    }
  }

  private void version(JsonNode before, JsonNode after) {
    String name = before.path("name").asText();
    if (after == null) {
      say(name, "the version is gone");
      return;
    }
    if (before.path("served").asBoolean() && !after.path("served").asBoolean()) {
      say(name, "the version is no longer served");
    }
    if (before.at("/subresources").has("status") && !after.at("/subresources").has("status")) {
      say(name, "the status is no longer a subresource");
    }
    schema(name, before.at("/schema/openAPIV3Schema"), after.at("/schema/openAPIV3Schema"));
  }

  private void schema(String path, JsonNode before, JsonNode after) {
    boolean wider =
        after.path("x-kubernetes-int-or-string").asBoolean()
            && Set.of("string", "integer").contains(before.path("type").asText());
    if (!wider && !before.path("type").equals(after.path("type"))) {
      say(path, "the type was " + before.path("type") + ", is " + after.path("type"));
      return;
    }
    values(path, before, after);
    bounds(path, before, after);
    rules(path, before, after);
    required(path, before, after);
    before
        .path("properties")
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode now = after.path("properties").path(field.getKey());
              if (now.isMissingNode()) {
                say(path + "." + field.getKey(), "the field is gone");
              } else {
                schema(path + "." + field.getKey(), field.getValue(), now);
              }
            });
    if (before.has("items")) {
      schema(path + "[]", before.get("items"), after.path("items"));
    }
    if (before.path("additionalProperties").isObject()) {
      schema(path + "{}", before.get("additionalProperties"), after.path("additionalProperties"));
    }
  }

  private void values(String path, JsonNode before, JsonNode after) {
    if (after.has("enum")) {
      if (!before.has("enum")) {
        say(path, "only some values are still allowed: " + after.get("enum"));
      } else {
        Set<String> gone = values(before.get("enum"));
        gone.removeAll(values(after.get("enum")));
        gone.forEach(value -> say(path, "the value " + value + " is no longer allowed"));
      }
    }
    if (after.has("pattern") && !after.get("pattern").equals(before.path("pattern"))) {
      say(path, "the pattern was " + before.path("pattern") + ", is " + after.get("pattern"));
    }
    if (before.has("default") && !before.get("default").equals(after.path("default"))) {
      say(path, "the default was " + before.get("default") + ", is " + after.path("default"));
    }
    if (before.path("nullable").asBoolean() && !after.path("nullable").asBoolean()) {
      say(path, "null is no longer allowed");
    }
    for (String list : List.of("x-kubernetes-list-type", "x-kubernetes-list-map-keys")) {
      if (!before.path(list).equals(after.path(list))) {
        say(path, list + " was " + before.path(list) + ", is " + after.path(list));
      }
    }
  }

  private void bounds(String path, JsonNode before, JsonNode after) {
    for (String bound : LOWER) {
      if (after.has(bound)
          && (!before.has(bound) || after.get(bound).asDouble() > before.get(bound).asDouble())) {
        say(path, bound + " was " + before.path(bound) + ", is " + after.get(bound));
      }
    }
    for (String bound : UPPER) {
      if (after.has(bound)
          && (!before.has(bound) || after.get(bound).asDouble() < before.get(bound).asDouble())) {
        say(path, bound + " was " + before.path(bound) + ", is " + after.get(bound));
      }
    }
  }

  private void rules(String path, JsonNode before, JsonNode after) {
    Set<String> known = new TreeSet<>();
    before.path("x-kubernetes-validations").forEach(rule -> known.add(rule.path("rule").asText()));
    after
        .path("x-kubernetes-validations")
        .forEach(
            rule -> {
              if (!known.contains(rule.path("rule").asText())) {
                say(path, "a new rule refuses resources: " + rule.path("rule").asText());
              }
            });
  }

  /** A field that is required and has a default is filled in. */
  private void required(String path, JsonNode before, JsonNode after) {
    Set<String> newly = values(after.path("required"));
    newly.removeAll(values(before.path("required")));
    for (String field : newly) {
      String name = field.replace("\"", "");
      if (!after.path("properties").path(name).has("default")) {
        say(path + "." + name, "the field is newly required");
      }
    }
  }

  private static Set<String> values(JsonNode list) {
    Set<String> values = new TreeSet<>();
    list.forEach(value -> values.add(value.toString()));
    return values;
  }

  private void say(String path, String what) {
    found.add(path + ": " + what);
  }
}
