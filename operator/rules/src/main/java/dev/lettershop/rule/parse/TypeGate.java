package dev.lettershop.rule.parse;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CEL's own type checker, asked last: what {@link Lowering} accepts must also be CEL, so that rules
 * never become a dialect. Thread-safe.
 */
public final class TypeGate {
  private static final TypeParamType ELEMENT = TypeParamType.create("T");
  private static final ListType ANY_LIST = ListType.create(ELEMENT);

  private final CelCompiler ofConditions;
  private final CelCompiler ofValues;

  public TypeGate(ProfileSchema schema) {
    Map<String, CelType> types = new LinkedHashMap<>();
    Map<String, AttributeType> attributes = new LinkedHashMap<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      attributes.put(attribute.name(), attribute.type());
    }
    StructType profile = struct("Profile", attributes);
    types.put(profile.name(), profile);
    List<CelFunctionDecl> functions = new ArrayList<>(ownFunctions());
    for (EventDefinition event : schema.allEvents()) {
      Map<String, AttributeType> properties = new LinkedHashMap<>(event.properties());
      properties.putIfAbsent("occurred_at", AttributeType.Timestamp);
      StructType type = struct("Event." + event.name(), properties);
      types.put(type.name(), type);
      functions.add(events(event.name(), type));
    }
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(CelSyntax.OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addMacros(eventsMacro())
            .setTypeProvider(new Types(types))
            .addVar("profile", profile)
            .addVar("now", SimpleType.TIMESTAMP)
            .addFunctionDeclarations(functions);
    this.ofValues = builder.build();
    this.ofConditions = builder.setResultType(SimpleType.BOOL).build();
  }

  /** Reports what CEL's checker refuses in a condition. */
  public void check(SourceText source, ProblemList problems) {
    check(ofConditions, source, problems);
  }

  /** The same for an expression of any type. */
  public void checkValue(SourceText source, ProblemList problems) {
    check(ofValues, source, problems);
  }

  private static void check(CelCompiler compiler, SourceText source, ProblemList problems) {
    CelValidationResult result = compiler.compile(source.text());
    for (CelIssue issue : result.getErrors()) {
      int line = Math.max(1, issue.getSourceLocation().getLine());
      int column = Math.max(0, issue.getSourceLocation().getColumn());
      String message = issue.getMessage();
      int details = message.indexOf(" (candidates");
      problems.error(
          source.position(source.offset(line, column)),
          "not valid CEL: " + (details < 0 ? message : message.substring(0, details)),
          null);
    }
  }

  private record Types(Map<String, CelType> byName) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.copyOf(byName.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }

  private static StructType struct(String name, Map<String, AttributeType> fields) {
    return StructType.create(
        name,
        ImmutableSet.copyOf(fields.keySet()),
        field -> Optional.ofNullable(fields.get(field)).map(TypeGate::celType));
  }

  private static CelType celType(AttributeType type) {
    return switch (type) {
      case String -> SimpleType.STRING;
      case Boolean -> SimpleType.BOOL;
      case Integer -> SimpleType.INT;
      case Double -> SimpleType.DOUBLE;
      case Timestamp -> SimpleType.TIMESTAMP;
      case StringList -> ListType.create(SimpleType.STRING);
    };
  }

  /** {@code events("order", …)} has a type of its own for each event, so it becomes a call each. */
  private static CelMacro eventsMacro() {
    return CelMacro.newGlobalVarArgMacro(
        "events",
        (factory, target, arguments) ->
            Optional.of(
                factory.newGlobalCall(
                    function(arguments.get(0).constant().stringValue()),
                    arguments.subList(1, arguments.size()))));
  }

  private static String function(String event) {
    return "@events_" + event;
  }

  private static CelFunctionDecl events(String name, StructType type) {
    String function = function(name);
    return CelFunctionDecl.newFunctionDeclaration(
        function,
        CelOverloadDecl.newGlobalOverload(function + "_all", ListType.create(type)),
        CelOverloadDecl.newGlobalOverload(
            function + "_within", ListType.create(type), SimpleType.DURATION),
        CelOverloadDecl.newGlobalOverload(
            function + "_between",
            ListType.create(type),
            SimpleType.TIMESTAMP,
            SimpleType.TIMESTAMP));
  }

  private static List<CelFunctionDecl> ownFunctions() {
    List<CelFunctionDecl> all = new ArrayList<>();
    for (String figure : List.of("sum", "min", "max", "last")) {
      all.add(figure(figure, ELEMENT));
    }
    all.add(figure("avg", SimpleType.DOUBLE));
    for (String edit : List.of("lowerAscii", "upperAscii", "trim")) {
      all.add(
          CelFunctionDecl.newFunctionDeclaration(
              edit,
              CelOverloadDecl.newMemberOverload(
                  "string_" + edit, SimpleType.STRING, SimpleType.STRING),
              CelOverloadDecl.newGlobalOverload(
                  edit + "_string", SimpleType.STRING, SimpleType.STRING)));
    }
    for (String question : List.of("contains", "startsWith", "endsWith")) {
      all.add(
          CelFunctionDecl.newFunctionDeclaration(
              question,
              CelOverloadDecl.newGlobalOverload(
                  question + "_text", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)));
    }
    all.add(
        CelFunctionDecl.newFunctionDeclaration(
            "inSegment",
            CelOverloadDecl.newGlobalOverload("in_segment", SimpleType.BOOL, SimpleType.STRING)));
    for (String mail : MailFunctions.NAMES) {
      all.add(
          CelFunctionDecl.newFunctionDeclaration(
              mail,
              CelOverloadDecl.newGlobalOverload(mail + "_ever", SimpleType.BOOL, SimpleType.STRING),
              CelOverloadDecl.newGlobalOverload(
                  mail + "_within", SimpleType.BOOL, SimpleType.STRING, SimpleType.DURATION)));
    }
    all.add(ofModel("score", SimpleType.DOUBLE));
    all.add(ofModel("cluster", SimpleType.STRING));
    all.add(ofModel("action", SimpleType.STRING));
    all.add(
        CelFunctionDecl.newFunctionDeclaration(
            "isAnniversary",
            anniversary("today"),
            anniversary("days", SimpleType.INT),
            anniversary("zone", SimpleType.INT, SimpleType.STRING)));
    all.add(mixed("_==_", SimpleType.INT, SimpleType.DOUBLE));
    all.add(mixed("_!=_", SimpleType.INT, SimpleType.DOUBLE));
    all.add(mixed("@in", ListType.create(SimpleType.INT), SimpleType.DOUBLE));
    return all;
  }

  private static CelFunctionDecl ofModel(String name, CelType result) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(name + "_of", result, SimpleType.STRING));
  }

  private static CelOverloadDecl anniversary(String id, CelType... more) {
    List<CelType> parameters = new ArrayList<>(List.of(SimpleType.TIMESTAMP));
    parameters.addAll(List.of(more));
    return CelOverloadDecl.newGlobalOverload("anniversary_" + id, SimpleType.BOOL, parameters);
  }

  private static CelFunctionDecl figure(String name, CelType result) {
    return CelFunctionDecl.newFunctionDeclaration(
        name,
        CelOverloadDecl.newMemberOverload("list_" + name, result, ANY_LIST),
        CelOverloadDecl.newGlobalOverload(name + "_list", result, ANY_LIST));
  }

  /** CEL orders an Integer and a Double; rules also let them be equal. */
  private static CelFunctionDecl mixed(String operator, CelType integers, CelType doubles) {
    String id = operator.replaceAll("[^a-z]", "") + operator.hashCode();
    List<CelOverloadDecl> overloads = new ArrayList<>();
    overloads.add(
        CelOverloadDecl.newGlobalOverload("double_" + id, SimpleType.BOOL, doubles, integers));
    if (integers == SimpleType.INT) {
      overloads.add(
          CelOverloadDecl.newGlobalOverload("int_" + id, SimpleType.BOOL, integers, doubles));
    }
    return CelFunctionDecl.newFunctionDeclaration(operator, overloads);
  }
}
