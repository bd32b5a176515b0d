package dev.lettershop.rule.mapping;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.rule.parse.CelSyntax;
import dev.lettershop.rule.parse.ProblemList;
import dev.lettershop.rule.parse.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles the CEL of a source's {@code spec.mapping}: over the map {@code record}, with CEL's
 * standard functions and its string functions. Thread-safe.
 */
public final class MappingCompiler {
  private static final int ITERATIONS = 10_000;
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'");
  private static final Pattern NO_OVERLOAD =
      Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'");

  private static final List<String> FUNCTIONS =
      List.of(
          "charAt",
          "contains",
          "double",
          "dyn",
          "duration",
          "endsWith",
          "exists",
          "filter",
          "has",
          "indexOf",
          "int",
          "join",
          "lastIndexOf",
          "lowerAscii",
          "map",
          "matches",
          "replace",
          "size",
          "split",
          "startsWith",
          "string",
          "substring",
          "timestamp",
          "trim",
          "upperAscii",
          "getFullYear",
          "getMonth",
          "getDayOfMonth",
          "getDayOfWeek",
          "getHours",
          "getMinutes",
          "all",
          "bool",
          "exists_one");

  private static final CelOptions OPTIONS =
      CelSyntax.OPTIONS.toBuilder()
          .comprehensionMaxIterations(ITERATIONS)
          .evaluateCanonicalTypesToNativeValues(true)
          .enableTimestampEpoch(true)
          .build();

  /** All but those that make texts longer, which {@link BoundedText} has instead. */
  private static final CelStringExtensions STRINGS =
      CelExtensions.strings(
          Function.CHAR_AT,
          Function.INDEX_OF,
          Function.LAST_INDEX_OF,
          Function.LOWER_ASCII,
          Function.SPLIT,
          Function.SUBSTRING,
          Function.TRIM,
          Function.UPPER_ASCII);

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(STRINGS)
          .addFunctionDeclarations(declarations())
          .addVar("record", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .build();

  private final CelRuntime runtime =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(STRINGS)
          .addFunctionBindings(bindings())
          .build();

  private final CelSyntax syntax = new CelSyntax();

  /**
   * @param mapping null when there is an error among the problems
   * @param problems by field path, such as {@code spec.mapping[0].value}
   */
  public record Result(Mapping mapping, List<FieldProblem> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /** Compiles all fields; problems of all of them come at once. */
  public Result compile(List<FieldMapping> mappings) {
    Map<String, Mapping.Field> fields = new LinkedHashMap<>();
    List<FieldProblem> problems = new ArrayList<>();
    for (int i = 0; i < mappings.size(); i++) {
      FieldMapping mapping = mappings.get(i);
      String path = "spec.mapping[" + i + "]";
      ProblemList own = new ProblemList();
      field(mapping.value() == null ? "" : mapping.value(), own)
          .ifPresent(
              field -> {
                if (fields.putIfAbsent(mapping.to(), field) != null) {
                  problems.add(
                      new FieldProblem(
                          path + ".to",
                          Problem.error(
                              null,
                              "\"" + mapping.to() + "\" is mapped twice",
                              "keep one of the two")));
                }
              });
      own.inOrder().forEach(p -> problems.add(new FieldProblem(path + ".value", p)));
    }
    boolean faulty = problems.stream().anyMatch(p -> p.problem().isError());
    return new Result(faulty ? null : new Mapping(fields), problems);
  }

  private Optional<Mapping.Field> field(String cel, ProblemList problems) {
    SourceText source = new SourceText(cel);
    if (syntax.read(source, problems).isEmpty()) {
      return Optional.empty();
    }
    CelValidationResult result = compiler.compile(cel);
    if (result.hasError()) {
      result.getErrors().forEach(issue -> problems.add(problem(source, issue)));
      return Optional.empty();
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      return Optional.of(new Mapping.Field(source, runtime.createProgram(tree)));
    } catch (CelValidationException | CelEvaluationException e) {
      problems.error(source.position(0), "cannot be compiled: " + e.getMessage(), null);
      return Optional.empty();
    }
  }

  private static Problem problem(SourceText source, CelIssue issue) {
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int offset = source.offset(line, Math.max(0, issue.getSourceLocation().getColumn()));
    String message = issue.getMessage();
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.find()) {
      return undeclared(source, offset, undeclared.group(1));
    }
    Position position = source.position(offset);
    Matcher overload = NO_OVERLOAD.matcher(message);
    if (overload.find()) {
      String function = overload.group(1).replace("_", "");
      return Problem.error(
          position,
          "\"" + function + "\" cannot be used with " + types(overload.group(2)),
          overload.group(2).contains("null") ? "write dyn(null)" : null);
    }
    return Problem.error(position, message, null);
  }

  private static Problem undeclared(SourceText source, int offset, String name) {
    boolean function = source.at(offset) == '(';
    if (function) {
      return Problem.error(
          source.position(source.nameBefore(offset, name)),
          "unknown function \"" + name + "\"",
          DidYouMean.fix(name, FUNCTIONS));
    }
    return Problem.error(
        source.position(offset),
        "unknown name \"" + name + "\"",
        DidYouMean.nearest(name, List.of("record")).isPresent()
            ? "did you mean \"record\"?"
            : "write record." + name);
  }

  /** {@code string.(int)} is CEL's way to write a call on a string. */
  private static String types(String applied) {
    String flat = applied.replace(".()", "").replace(".(", ", ");
    return flat.replaceAll("^\\((.*)\\)$", "$1");
  }

  private static List<CelFunctionDecl> declarations() {
    return List.of(
        CelFunctionDecl.newFunctionDeclaration(
            "replace",
            CelOverloadDecl.newMemberOverload(
                "bounded_replace",
                SimpleType.STRING,
                SimpleType.STRING,
                SimpleType.STRING,
                SimpleType.STRING)),
        CelFunctionDecl.newFunctionDeclaration(
            "join",
            CelOverloadDecl.newMemberOverload(
                "bounded_join", SimpleType.STRING, ListType.create(SimpleType.STRING)),
            CelOverloadDecl.newMemberOverload(
                "bounded_join_separator",
                SimpleType.STRING,
                ListType.create(SimpleType.STRING),
                SimpleType.STRING)));
  }

  private static List<CelFunctionBinding> bindings() {
    return List.of(
        CelFunctionBinding.from(
            "bounded_replace",
            ImmutableList.of(String.class, String.class, String.class),
            arguments ->
                BoundedText.replace(
                    (String) arguments[0], (String) arguments[1], (String) arguments[2])),
        CelFunctionBinding.from("bounded_join", List.class, texts -> BoundedText.join(texts, "")),
        CelFunctionBinding.from(
            "bounded_join_separator",
            List.class,
            String.class,
            (texts, separator) -> BoundedText.join(texts, separator)));
  }
}
