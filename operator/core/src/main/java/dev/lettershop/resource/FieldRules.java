package dev.lettershop.resource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.encoding.JsonMappers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Evaluates {@code x-kubernetes-validations} of a schema: CEL over {@code self}, and over {@code
 * oldSelf} where the value has a predecessor. Of Kubernetes' own functions only {@code sum} is
 * there, which is all that our rules use. Thread-safe; each rule is compiled once.
 */
final class FieldRules {
  private static final Pattern TRANSITION = Pattern.compile("\\boldSelf\\b");
  private static final JsonMapper JSON = JsonMappers.PLAIN;
  private static final CelOptions OPTIONS =
      CelOptions.current().evaluateCanonicalTypesToNativeValues(true).build();

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  "sum",
                  CelOverloadDecl.newMemberOverload(
                      "list_sum", SimpleType.INT, ListType.create(SimpleType.DYN))))
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();

  private final CelRuntime runtime =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(CelFunctionBinding.from("list_sum", List.class, FieldRules::sum))
          .build();

  private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

  private static Object sum(List<?> numbers) {
    return numbers.stream().mapToLong(number -> ((Number) number).longValue()).sum();
  }

  /**
   * @param old the resource as it was, or null
   * @param broken paths of what does not even have the right structure; rules about values with
   *     such fields are passed over, and those that cannot be evaluated for something further down
   */
  List<FieldProblem> check(JsonNode schema, JsonNode resource, JsonNode old, List<String> broken) {
    List<FieldProblem> problems = new ArrayList<>();
    check(new Place(schema, "", resource, old), broken, problems);
    return problems;
  }

  /**
   * @param old the value's predecessor, or null
   */
  private record Place(JsonNode schema, String path, JsonNode node, JsonNode old) {}

  private void check(Place place, List<String> broken, List<FieldProblem> problems) {
    Set<Broken> state = EnumSet.noneOf(Broken.class);
    broken.forEach(path -> state.add(Broken.of(path, place.path())));
    if (!state.contains(Broken.Here)) {
      boolean sound = !state.contains(Broken.Below);
      for (JsonNode rule : place.schema().path("x-kubernetes-validations")) {
        if (!holds(rule.get("rule").asText(), place, sound)) {
          String path = place.path() + rule.path("fieldPath").asText("");
          problems.add(
              new FieldProblem(
                  path.startsWith(".") ? path.substring(1) : path,
                  Problem.error(null, rule.get("message").asText(), null)));
        }
      }
    }
    Map<Object, JsonNode> predecessors = predecessors(place);
    for (SchemaWalk.Child child : SchemaWalk.children(place.schema(), place.path(), place.node())) {
      JsonNode old = predecessors.get(key(place.schema(), child));
      check(new Place(child.schema(), child.path(), child.node(), old), broken, problems);
    }
  }

  /** How a broken path stands to the value that a rule is about. */
  private enum Broken {
    /** Not in it. */
    Elsewhere,
    /** The value itself or one of its fields, which rules mostly look at. */
    Here,
    /** Further down; the rule probably holds or not all the same. */
    Below;

    static Broken of(String path, String place) {
      if (!path.startsWith(place)) {
        return Elsewhere;
      }
      String rest = path.substring(place.length());
      if (!place.isEmpty() && !rest.isEmpty() && !rest.startsWith(".") && !rest.startsWith("[")) {
        return Elsewhere;
      }
      boolean far = rest.indexOf('.', 1) > 0 || rest.indexOf('[', 1) > 0;
      return far ? Below : Here;
    }
  }

  /** Fields and keyed items have predecessors; items of other lists have none, as in Kubernetes. */
  private static Map<Object, JsonNode> predecessors(Place place) {
    Map<Object, JsonNode> predecessors = new HashMap<>();
    if (place.old() != null) {
      for (SchemaWalk.Child child :
          SchemaWalk.children(place.schema(), place.path(), place.old())) {
        predecessors.put(key(place.schema(), child), child.node());
      }
    }
    predecessors.remove(NO_KEY);
    return predecessors;
  }

  private static final Object NO_KEY = "";

  private static Object key(JsonNode schema, SchemaWalk.Child child) {
    if (!child.step().startsWith("[")) {
      return child.step();
    }
    return schema.path("x-kubernetes-list-type").asText().equals("map")
        ? KeyedLists.key(schema, child.node())
        : NO_KEY;
  }

  private boolean holds(String rule, Place place, boolean sound) {
    boolean transition = TRANSITION.matcher(rule).find();
    if (transition && place.old() == null) {
      return true;
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", value(place.node()));
    if (transition) {
      variables.put("oldSelf", value(place.old()));
    }
    try {
      return Boolean.TRUE.equals(programs.computeIfAbsent(rule, this::program).eval(variables));
    } catch (CelEvaluationException e) {
      if (!sound) {
        return true;
      }
      throw new IllegalStateException(
          "The schema's rule \"" + rule + "\" cannot be evaluated at " + place.path(), e);
    }
  }

  private CelRuntime.Program program(String rule) {
    try {
      return runtime.createProgram(compiler.compile(rule).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("The schema's rule \"" + rule + "\" is not CEL", e);
    }
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : node.doubleValue();
      case OBJECT -> {
        Map<String, Object> map = new HashMap<>();
        node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        node.forEach(item -> list.add(value(item)));
        yield list;
      }
      default -> JSON.convertValue(node, new TypeReference<Object>() {});
    };
  }
}
