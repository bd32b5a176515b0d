package dev.lettershop.api.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The fields of all kinds as a page for people, made from the CRDs. */
final class ApiReference {
  private static final String HEAD =
      """
      # API reference

      Made from the CRDs: `mvn -q -Pgenerate test` writes it anew. `kubectl explain campaign.spec` shows the same in a cluster.
      Group `lettershop.dev`, version `v1alpha1`; all kinds are namespaced.

      """;

  private final StringBuilder text = new StringBuilder(HEAD);

  private ApiReference() {}

  /** The page for these CRDs, in their order. */
  static String of(List<JsonNode> crds) {
    ApiReference reference = new ApiReference();
    for (JsonNode crd : crds) {
      String kind = crd.at("/spec/names/kind").asText();
      reference.text.append(
          "- [%s](#%s)%n".formatted(kind, kind.toLowerCase(Locale.ROOT)).replace("\r", ""));
    }
    crds.forEach(reference::kind);
    return reference.text.toString();
  }

  private void kind(JsonNode crd) {
    JsonNode names = crd.at("/spec/names");
    JsonNode root = crd.at("/spec/versions/0/schema/openAPIV3Schema");
    text.append("\n## ").append(names.path("kind").asText()).append("\n\n");
    text.append(root.path("description").asText()).append(" Short name: `");
    text.append(names.at("/shortNames/0").asText()).append("`.\n");
    for (String part : List.of("spec", "status")) {
      text.append("\n| Field of ").append(part).append(" | Type | |\n|---|---|---|\n");
      fields(part, root.path("properties").path(part));
      rules(part, root.path("properties").path(part));
    }
  }

  private void fields(String path, JsonNode schema) {
    List<String> required = texts(schema.path("required"));
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      JsonNode value = field.getValue();
      String name = path + "." + field.getKey();
      text.append("| `").append(name.substring(name.indexOf('.') + 1)).append("` | ");
      text.append(type(value)).append(" | ");
      text.append(required.contains(field.getKey()) ? "**Required.** " : "");
      text.append(escaped(value.path("description").asText()));
      text.append(facts(value)).append(" |\n");
      below(name, value);
    }
  }

  private void below(String name, JsonNode value) {
    if (value.has("properties")) {
      fields(name, value);
    } else if (value.at("/items").has("properties")) {
      fields(name + "[]", value.get("items"));
    } else if (value.at("/additionalProperties").has("properties")) {
      fields(name + ".NAME", value.get("additionalProperties"));
    }
  }

  private void rules(String path, JsonNode schema) {
    List<String> messages = new ArrayList<>();
    collect(path, schema, messages);
    if (!messages.isEmpty()) {
      text.append("\nAlso checked:\n\n");
      messages.forEach(message -> text.append("- ").append(message).append('\n'));
    }
  }

  private static void collect(String path, JsonNode schema, List<String> messages) {
    schema
        .path("x-kubernetes-validations")
        .forEach(
            rule ->
                messages.add(
                    "`"
                        + path
                        + rule.path("fieldPath").asText()
                        + "`: "
                        + rule.path("message").asText()));
    schema
        .path("properties")
        .properties()
        .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), messages));
    if (schema.has("items")) {
      collect(path + "[]", schema.get("items"), messages);
    }
    if (schema.path("additionalProperties").isObject()) {
      collect(path + ".NAME", schema.get("additionalProperties"), messages);
    }
  }

  private static String type(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "string or integer";
    }
    return switch (schema.path("type").asText()) {
      case "array" -> "list of " + type(schema.path("items"));
      case "object" ->
          schema.path("additionalProperties").isObject()
              ? "map to " + type(schema.get("additionalProperties"))
              : "object";
      default ->
          schema.has("enum")
              ? String.join(
                  ", ", texts(schema.get("enum")).stream().map(v -> "`" + v + "`").toList())
              : schema.path("type").asText("any");
    };
  }

  private static String facts(JsonNode schema) {
    List<String> facts = new ArrayList<>();
    if (schema.has("default") && !schema.get("default").isObject()) {
      facts.add("default `" + schema.get("default").asText() + "`");
    }
    if (schema.has("minimum") || schema.has("maximum")) {
      facts.add(number(schema.path("minimum")) + "…" + number(schema.path("maximum")));
    }
    if (schema.has("maxLength") && !schema.has("enum")) {
      facts.add("at most " + schema.get("maxLength").asText() + " characters");
    }
    if (schema.has("maxItems")) {
      facts.add("at most " + schema.get("maxItems").asText() + " items");
    }
    return facts.isEmpty() ? "" : " *(" + String.join("; ", facts) + ")*";
  }

  private static String number(JsonNode number) {
    return number.isMissingNode() ? "" : number.decimalValue().stripTrailingZeros().toPlainString();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String escaped(String description) {
    return description.replace("|", "\\|").replace("<", "&lt;").replace("{{", "{ {");
  }
}
