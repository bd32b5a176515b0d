package dev.lettershop.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON schemas (draft 7) of all kinds, for editors: made from the CRDs, and stricter in one thing:
 * a field that does not exist is an error, which the API server would drop.
 */
final class JsonSchemaFiles {
  /** Of all kinds; decides by {@code kind}. Others, such as Secrets, are not looked at. */
  static final String ALL = "lettershop.json";

  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonSchemaFiles() {}

  /** By file name. */
  static SortedMap<String, String> generate(Map<String, String> crds) {
    SortedMap<String, ObjectNode> kinds = new TreeMap<>();
    for (String text : crds.values()) {
      JsonNode crd = Serialization.unmarshal(text, JsonNode.class);
      JsonNode version = crd.at("/spec/versions/0");
      kinds.put(
          crd.at("/spec/names/kind").asText(),
          kind(
              crd.at("/spec/names/kind").asText(),
              crd.at("/spec/group").asText() + "/" + version.path("name").asText(),
              version.at("/schema/openAPIV3Schema")));
    }
    SortedMap<String, String> files = new TreeMap<>();
    kinds.forEach(
        (kind, schema) -> {
          ObjectNode file = NODES.objectNode().put("$schema", DRAFT).put("title", kind);
          file.setAll(schema.deepCopy());
          files.put(kind.toLowerCase(Locale.ROOT) + ".json", file.toPrettyString() + "\n");
        });
    files.put(ALL, all(kinds).toPrettyString() + "\n");
    return files;
  }

  private static ObjectNode all(Map<String, ObjectNode> kinds) {
    ObjectNode all = NODES.objectNode().put("$schema", DRAFT).put("title", "Lettershop");
    all.put("type", "object");
    all.putArray("required").add("apiVersion").add("kind");
    ArrayNode choices = all.putArray("allOf");
    ObjectNode definitions = NODES.objectNode();
    kinds.forEach(
        (kind, schema) -> {
          ObjectNode choice = choices.addObject();
          ObjectNode condition = choice.putObject("if");
          condition.putObject("properties").putObject("kind").put("const", kind);
          condition.putArray("required").add("kind");
          choice.putObject("then").put("$ref", "#/definitions/" + kind);
          definitions.set(kind, schema);
        });
    all.set("definitions", definitions);
    return all;
  }

  private static ObjectNode kind(String kind, String apiVersion, JsonNode openApi) {
    ObjectNode schema = (ObjectNode) converted(openApi);
    ObjectNode properties = (ObjectNode) schema.get("properties");
    properties.set("apiVersion", NODES.objectNode().put("const", apiVersion));
    properties.set("kind", NODES.objectNode().put("const", kind));
    ObjectNode metadata = NODES.objectNode().put("type", "object");
    metadata.putArray("required").add("name");
    metadata.putObject("properties").putObject("name").put("type", "string");
    properties.set("metadata", metadata);
    if (properties.has("status")) {
      properties.set(
          "status",
          NODES
              .objectNode()
              .put("type", "object")
              .put("description", "What the controller says; not for people to write."));
    }
    ArrayNode required = schema.putArray("required");
    List.of("apiVersion", "kind", "metadata").forEach(required::add);
    openApi
        .path("required")
        .forEach(
            name -> {
              if (!Set.of("apiVersion", "kind", "metadata").contains(name.asText())) {
                required.add(name);
              }
            });
    return schema;
  }

  private static JsonNode converted(JsonNode node) {
    if (node.isArray()) {
      ArrayNode items = NODES.arrayNode();
      node.forEach(item -> items.add(converted(item)));
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode schema = NODES.objectNode();
    node.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              boolean isName = name.equals("properties");
              if (isName) {
                ObjectNode properties = schema.putObject(name);
                field
                    .getValue()
                    .properties()
                    .forEach(one -> properties.set(one.getKey(), converted(one.getValue())));
              } else if (name.equals("default") || name.equals("enum")) {
                schema.set(name, field.getValue());
              } else if (!name.startsWith("x-kubernetes-")
                  && !(name.equals("format") && field.getValue().asText().startsWith("int"))) {
                schema.set(name, converted(field.getValue()));
              }
            });
    if (node.path("x-kubernetes-int-or-string").asBoolean()) {
      schema.remove("type");
      schema.remove("anyOf");
      schema.putArray("type").add("integer").add("string");
    }
    if (node.path("properties").isObject()
        && !node.has("additionalProperties")
        && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }
}
