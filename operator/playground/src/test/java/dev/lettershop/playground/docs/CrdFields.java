package dev.lettershop.playground.docs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds fields that our kinds do not have, and values that they do not take. */
final class CrdFields {
  private final Map<String, JsonNode> schemas = new TreeMap<>();

  CrdFields() throws IOException {
    for (Path file : Repository.crds()) {
      JsonNode crd = Repository.documents(file).get(0);
      schemas.put(
          crd.at("/spec/names/kind").asText(),
          crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"));
    }
  }

  boolean isOurs(String kind) {
    return schemas.containsKey(kind);
  }

  /** What is wrong with the spec of a kind; parts may be missing. */
  List<String> problems(String kind, JsonNode spec) {
    List<String> problems = new ArrayList<>();
    look("spec", spec, schemas.get(kind), problems);
    return problems;
  }

  private static void look(String at, JsonNode node, JsonNode schema, List<String> problems) {
    String type = schema.path("type").asText();
    if (node.isObject() && schema.has("properties")) {
      node.fields()
          .forEachRemaining(
              field -> {
                JsonNode below = schema.get("properties").path(field.getKey());
                if (below.isMissingNode()) {
                  problems.add(at + "." + field.getKey() + " is not a field");
                } else {
                  look(at + "." + field.getKey(), field.getValue(), below, problems);
                }
              });
    } else if (node.isArray() && schema.has("items")) {
      node.forEach(item -> look(at + "[]", item, schema.get("items"), problems));
    } else if (node.isObject() && !type.equals("object")
        || node.isArray() && !type.equals("array")) {
      problems.add(at + " is a " + type);
    } else if (schema.has("enum") && !schema.get("enum").toString().contains(node.toString())) {
      problems.add(at + " is none of " + schema.get("enum"));
    }
  }
}
