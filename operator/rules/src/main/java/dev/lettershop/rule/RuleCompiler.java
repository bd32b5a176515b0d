package dev.lettershop.rule;

import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.Moments;
import dev.lettershop.rule.parse.CelSyntax;
import dev.lettershop.rule.parse.Purpose;
import dev.lettershop.rule.parse.SegmentGraph;
import dev.lettershop.rule.parse.Segments;
import dev.lettershop.rule.parse.TypeGate;
import dev.lettershop.rule.parse.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles the rules of one store: checks names and types against the schema, and puts the segments
 * that a rule refers to in place. Pure, immutable and thread-safe.
 */
public final class RuleCompiler {
  private final ProfileSchema schema;
  private final String models;
  private final CelSyntax syntax = new CelSyntax();
  private final TypeGate gate;
  private final Map<String, RuleSource> segments = new TreeMap<>();
  private final SegmentGraph graph;

  /** A segment put in place where {@code slot} is the first free one. */
  private record Place(String segment, int slot) {}

  /**
   * Segments put in place while one rule is compiled, empty where they have errors. Without it,
   * segments that each name the next one twice would double the work with each of them.
   */
  private static final class Done {
    private final Purpose purpose;
    private final Map<Place, Optional<Expr>> segments = new HashMap<>();
    private int depth;

    Done(Purpose purpose) {
      this.purpose = purpose;
    }
  }

  /**
   * @param schema attributes and events that rules may name
   * @param expressions CEL text of segments by name, for {@code inSegment}
   */
  public RuleCompiler(ProfileSchema schema, Map<String, String> expressions) {
    this(schema, expressions, "");
  }

  /**
   * @param namespace whose models rules mean in {@code score} and {@code cluster}: outputs are
   *     keyed {@code namespace/name}
   */
  public RuleCompiler(ProfileSchema schema, Map<String, String> expressions, String namespace) {
    this(schema, expressions, Map.of(), namespace);
  }

  /**
   * @param schema attributes and events that rules may name
   * @param expressions CEL text by name, of segments that are written as CEL
   * @param structured rules by name, of segments that are written as structured rules
   * @param namespace whose models rules mean in {@code score} and {@code cluster}
   */
  public RuleCompiler(
      ProfileSchema schema,
      Map<String, String> expressions,
      Map<String, SegmentRules> structured,
      String namespace) {
    this.schema = schema;
    this.models = namespace.isEmpty() ? "" : namespace + "/";
    this.gate = new TypeGate(schema);
    expressions.forEach((name, cel) -> segments.put(name, source(cel)));
    structured.forEach((name, rules) -> segments.put(name, new StructuredSource(rules, schema)));
    Map<String, Set<String>> references = new TreeMap<>();
    segments.forEach((name, source) -> references.put(name, source.references()));
    this.graph = SegmentGraph.of(references);
  }

  /** Compiles CEL text that must come to a Boolean. */
  public RuleResult compile(String cel) {
    return result(source(cel), null, Purpose.One);
  }

  /**
   * Compiles CEL text that must come to a Boolean, to be asked as of any moment: events from that
   * moment on do not count, so that the answer is the one that was given then.
   */
  public RuleResult compileAsOf(String cel) {
    return result(source(cel), null, Purpose.Past);
  }

  /** Compiles CEL text that must come to a number, to be asked the same way. */
  public FormulaResult compileFormula(String cel) {
    CelSource source = source(cel);
    List<FieldProblem> problems = new ArrayList<>();
    Expr expr = source.compileNumber(segments(null, new Done(Purpose.Past)), problems);
    return new FormulaResult(
        expr == null ? null : new Formula(cel, expr),
        problems.stream().map(FieldProblem::problem).toList(),
        graph.reachedFrom(source.references()));
  }

  /**
   * Compiles CEL text about one event, {@code event}, and the profile that it happened to. The
   * rule's expression is an {@link Expr.AnyEvent} of which the predicate says what the text says.
   *
   * @param event name of a declared event
   */
  public RuleResult compileAboutEvent(String event, String cel) {
    // On lines of its own, so that a place in the text is one line above that in the whole.
    RuleResult result =
        compile("events(\"" + event + "\", duration(\"1h\")).exists(event,\n" + cel + "\n)");
    List<Problem> problems =
        result.problems().stream()
            .map(
                problem ->
                    problem.position() == null || problem.position().line() == 1
                        ? problem
                        : problem.movedTo(
                            new Position(
                                problem.position().line() - 1, problem.position().column())))
            .toList();
    boolean one = result.rule() != null && result.rule().expr() instanceof Expr.AnyEvent;
    if (result.rule() != null && !one) {
      problems =
          List.of(
              Problem.error(
                  new Position(1, 1),
                  "is not one condition about the event",
                  "write a condition such as event.total > 50.0, without closing its parenthesis"));
    }
    return new RuleResult(
        one ? result.rule() : null,
        problems.stream().map(problem -> new FieldProblem(CelSource.FIELD, problem)).toList(),
        result.segments());
  }

  /**
   * Compiles the rule of a segment.
   *
   * @throws IllegalArgumentException when the segment does not exist
   */
  public RuleResult compileNamed(String segment) {
    RuleSource source = segments.get(segment);
    if (source == null) {
      throw new IllegalArgumentException(
          "no segment \"" + segment + "\" was given to the compiler; known: " + segments.keySet());
    }
    return result(source, segment, Purpose.All);
  }

  private CelSource source(String cel) {
    return new CelSource(cel, new Vocabulary(schema, models), syntax, gate);
  }

  private RuleResult result(RuleSource source, String name, Purpose purpose) {
    List<FieldProblem> problems = new ArrayList<>();
    Expr expr = source.compile(segments(name, new Done(purpose)), 0, purpose, problems);
    return new RuleResult(
        expr == null ? null : new Rule(source.text(expr), expr),
        problems,
        graph.reachedFrom(source.references()));
  }

  private Segments segments(String from, Done done) {
    return (segment, slot, fault) -> inlined(from, new Place(segment, slot), fault, done);
  }

  /** Null after reporting a problem. */
  private Expr inlined(String from, Place place, Moments.Fault fault, Done done) {
    String segment = place.segment();
    RuleSource source = segments.get(segment);
    if (source == null) {
      fault.report(
          "unknown segment \"" + segment + "\"", DidYouMean.fix(segment, segments.keySet()));
      return null;
    }
    List<String> circle = graph.circleFrom(from, segment);
    if (!circle.isEmpty()) {
      fault.report(
          "segments refer to each other in a circle: " + String.join(" → ", circle),
          "remove one of these references");
      return null;
    }
    Optional<Expr> expr = done.segments.get(place);
    if (expr == null && done.depth == Limits.DEPTH) {
      fault.report(
          "more than " + Limits.DEPTH + " segments refer to each other in a row",
          "use fewer segments");
      return null;
    }
    if (expr == null) {
      done.depth++;
      expr =
          Optional.ofNullable(
              source.compile(
                  segments(segment, done), place.slot(), done.purpose, new ArrayList<>()));
      done.depth--;
      done.segments.put(place, expr);
    }
    if (expr.isEmpty()) {
      fault.report(
          "segment \"" + segment + "\" has errors", "fix the segment \"" + segment + "\" first");
    }
    return expr.orElse(null);
  }
}
