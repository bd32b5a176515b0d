package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks types, bounds, enumerations, patterns, and that there are no unknown fields. */
final class Structure {
  private static final int MOST_OF_A_VALUE = 40;
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final Set<String> NOT_FOR_VALIDATION = Set.of("default", "description");

  /** Patterns mean what they mean to an API server, and no text is too long for the stack. */
  private static final SchemaValidatorsConfig RE2 =
      SchemaValidatorsConfig.builder()
          .regularExpressionFactory(
              regex -> {
                Pattern pattern = Pattern.compile(regex);
                return value -> pattern.matcher(value).find();
              })
          .build();

  private final JsonNode schema;
  private final JsonSchema validator;

  Structure(JsonNode schema) {
    this.schema = schema;
    this.validator =
        JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(closed(schema.deepCopy()), RE2);
  }

  /** In the order of the fields' paths. */
  List<FieldProblem> check(JsonNode resource) {
    List<FieldProblem> problems = new ArrayList<>();
    for (ValidationMessage message : validator.validate(resource)) {
      problems.add(problem(message));
    }
    problems.sort(Comparator.comparing(FieldProblem::field));
    return problems;
  }

  /** Objects admit no other fields than theirs, unless the schema says so. */
  private static JsonNode closed(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
      if (object.path(INT_OR_STRING).asBoolean()) {
        object.remove("anyOf");
        object.putArray("type").add("integer").add("string");
      }
      object.remove(NOT_FOR_VALIDATION);
      object.remove(
          object.properties().stream()
              .map(Map.Entry::getKey)
              .filter(key -> key.startsWith("x-kubernetes-"))
              .toList());
      if (object.has("properties")) {
        object.get("properties").forEach(Structure::closed);
        if (!open) {
          object.put("additionalProperties", false);
        }
      }
      closed(object.path("items"));
      closed(object.path("additionalProperties"));
    }
    return schema;
  }

  private FieldProblem problem(ValidationMessage message) {
    String path = path(message.getInstanceLocation());
    JsonNode at = schemaAt(message.getInstanceLocation());
    JsonNode value = message.getInstanceNode();
    String limit = message.getSchemaNode() == null ? "" : limit(message.getSchemaNode());
    return switch (message.getType()) {
      case "additionalProperties" -> {
        String name = message.getProperty();
        List<String> known = new ArrayList<>();
        at.path("properties").fieldNames().forEachRemaining(known::add);
        yield error(
            SchemaWalk.field(path, name),
            "unknown field \"" + name + "\"",
            DidYouMean.fix(name, known));
      }
      case "required" -> {
        String name = message.getProperty();
        yield error(
            SchemaWalk.field(path, name), "is missing", about(at.path("properties").path(name)));
      }
      case "type" -> type(path, at, value);
      case "enum" -> enumeration(path, at, value);
      case "pattern" -> error(path, "does not have the right form", about(at));
      case "minimum" -> error(path, "must be at least " + limit, null);
      case "maximum" -> error(path, "must be at most " + limit, null);
      case "minLength" ->
          limit.equals("1")
              ? error(path, "must not be empty", about(at))
              : error(path, "must have at least " + limit + " characters", about(at));
      case "maxLength" -> error(path, "must have at most " + limit + " characters", null);
      case "minItems", "minProperties" ->
          error(path, "must have at least " + entries(limit), about(at));
      case "maxItems", "maxProperties" -> error(path, "must have at most " + entries(limit), null);
      default -> error(path, message.getError(), about(at));
    };
  }

  /** Bounds are doubles in the CRDs. */
  private static String limit(JsonNode bound) {
    boolean whole = bound.isNumber() && bound.doubleValue() == Math.rint(bound.doubleValue());
    return whole ? Long.toString(bound.longValue()) : bound.asText();
  }

  private static String entries(String limit) {
    return limit + (limit.equals("1") ? " entry" : " entries");
  }

  private static FieldProblem type(String path, JsonNode at, JsonNode value) {
    String wanted = at.path(INT_OR_STRING).asBoolean() ? "string" : at.path("type").asText();
    if (value == null || value.isNull()) {
      return error(path, "has no value", "give it one, or remove the field");
    }
    String message = "must be " + name(wanted) + ", not " + name(typeOf(value));
    String fix =
        switch (wanted) {
          case "string" -> value.isValueNode() ? "put it into quotes" : about(at);
          case "integer" ->
              value.isTextual() && value.asText().matches("-?[0-9]+")
                  ? "remove the quotes"
                  : about(at);
          case "boolean" -> "write true or false, without quotes";
          case "array" -> "write it as a list, each item after a dash or in brackets";
          default -> about(at);
        };
    return error(path, message, fix);
  }

  private static FieldProblem enumeration(String path, JsonNode at, JsonNode value) {
    List<String> allowed = new ArrayList<>();
    at.path("enum").forEach(one -> allowed.add(one.asText()));
    String written = value == null ? "" : value.asText();
    String shown =
        written.length() > MOST_OF_A_VALUE ? written.substring(0, MOST_OF_A_VALUE) + "…" : written;
    return error(
        path,
        "must be one of " + String.join(", ", allowed) + ", not \"" + shown + "\"",
        DidYouMean.nearest(written, allowed).map(o -> "did you mean \"" + o + "\"?").orElse(null));
  }

  private static String typeOf(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "integer";
    }
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      case ARRAY -> "array";
      default -> "object";
    };
  }

  private static String name(String type) {
    return switch (type) {
      case "string" -> "text";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      default -> "an object with fields";
    };
  }

  /** The schema's description of a field, as a hint; null when there is none. */
  private static String about(JsonNode schema) {
    String description = schema.path("description").asText();
    return description.isEmpty() ? null : "expected: " + description.replaceFirst("[.]$", "");
  }

  private static FieldProblem error(String path, String message, String fix) {
    return new FieldProblem(path, Problem.error(null, message, fix));
  }

  private static String path(JsonNodePath location) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      if (location.getElement(i) instanceof Integer index) {
        path.append('[').append(index).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(location.getElement(i));
      }
    }
    return path.toString();
  }

  private JsonNode schemaAt(JsonNodePath location) {
    JsonNode at = schema;
    for (int i = 0; i < location.getNameCount(); i++) {
      Object step = location.getElement(i);
      if (step instanceof Integer) {
        at = at.path("items");
      } else {
        JsonNode own = at.path("properties").path(step.toString());
        at = own.isMissingNode() ? at.path("additionalProperties") : own;
      }
    }
    return at;
  }
}
