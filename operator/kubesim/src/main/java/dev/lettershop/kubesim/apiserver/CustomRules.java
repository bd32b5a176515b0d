package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.ApiException.Cause;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.SchemaShape;
import dev.lettershop.resource.CrdSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds custom resources to their CRD: unknown fields, defaults, and for our own kinds validation.
 * Differs from an API server in that unknown fields are refused also when the request does not say
 * {@code fieldValidation=Strict}, as kubectl does: who writes one is mistaken.
 */
final class CustomRules {
  private static final String OURS = "lettershop.dev";
  private static final Pattern ENUMERATION =
      Pattern.compile("must be one of (.*), not \"(.*)\"", Pattern.DOTALL);

  private final Map<ResourceType, SchemaShape> shapes = new ConcurrentHashMap<>();

  /**
   * Brings an object that somebody wrote into the form that is stored.
   *
   * @param drop whether unknown fields are dropped and not refused
   */
  void shape(ResourceType type, ObjectNode object, boolean drop) {
    SchemaShape shape = shape(type);
    List<String> unknown = shape.prune(object);
    if (!unknown.isEmpty() && !drop) {
      throw ApiException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
              .formatted(
                  type.kind(),
                  type.version(),
                  type.kind(),
                  String.join(
                      ", ", unknown.stream().map(f -> "unknown field \"" + f + "\"").toList())));
    }
    shape.fill(object);
  }

  /**
   * @param before the object as it was, or null when it is new
   */
  void validate(ResourceType type, ObjectNode object, JsonNode before) {
    if (!type.group().equals(OURS)) {
      return;
    }
    List<FieldProblem> problems = CrdSchema.of(type.kind()).check(object, before);
    if (!problems.isEmpty()) {
      List<Cause> causes = new ArrayList<>();
      problems.forEach(problem -> causes.add(cause(problem, object)));
      throw ApiException.invalid(type, object.at("/metadata/name").asText(), causes);
    }
  }

  /** In the words of an API server, as far as they can be told from ours. */
  static Cause cause(FieldProblem problem, JsonNode object) {
    String field = problem.field().isEmpty() ? "<nil>" : problem.field();
    String message = problem.problem().message();
    if (message.equals("is missing")) {
      return new Cause("FieldValueRequired", "Required value", field);
    }
    JsonNode value = at(object, problem.field());
    Matcher enumeration = ENUMERATION.matcher(message);
    if (enumeration.matches()) {
      String allowed = '"' + enumeration.group(1).replace(", ", "\", \"") + '"';
      return new Cause(
          "FieldValueNotSupported",
          "Unsupported value: " + value + ": supported values: " + allowed,
          field);
    }
    String shown = value.isContainerNode() || value.isMissingNode() ? kindOf(value) : "" + value;
    return new Cause("FieldValueInvalid", "Invalid value: " + shown + ": " + message, field);
  }

  private static String kindOf(JsonNode value) {
    return value.isArray() ? "\"array\"" : value.isObject() ? "\"object\"" : "\"null\"";
  }

  /** The value at a path such as {@code spec.rules[0].set}. */
  private static JsonNode at(JsonNode object, String path) {
    JsonNode at = object;
    for (String step : path.isEmpty() ? new String[0] : path.split("\\.|(?=\\[)")) {
      at =
          step.startsWith("[")
              ? at.path(Integer.parseInt(step.substring(1, step.length() - 1)))
              : at.path(step);
    }
    return at;
  }

  private SchemaShape shape(ResourceType type) {
    return shapes.computeIfAbsent(type, SchemaShape::new);
  }
}
