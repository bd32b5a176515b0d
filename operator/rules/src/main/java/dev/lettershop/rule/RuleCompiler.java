package dev.lettershop.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprSize;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.parse.CelSyntax;
import dev.lettershop.rule.parse.EncryptedAttributes;
import dev.lettershop.rule.parse.Lowering;
import dev.lettershop.rule.parse.ProblemList;
import dev.lettershop.rule.parse.Purpose;
import dev.lettershop.rule.parse.SegmentGraph;
import dev.lettershop.rule.parse.SourceText;
import dev.lettershop.rule.parse.TypeGate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles the rules of one store: reads CEL, checks names and types against the schema, and puts
 * the segments that a rule refers to in place. Pure, immutable and thread-safe.
 */
public final class RuleCompiler {
  private final ProfileSchema schema;
  private final String models;
  private final CelSyntax syntax = new CelSyntax();
  private final TypeGate gate;
  private final Map<String, Parsed> segments = new TreeMap<>();
  private final SegmentGraph graph;

  /** Text that was read; {@code tree} is null when it could not be. */
  private record Parsed(SourceText source, CelAbstractSyntaxTree tree, ProblemList problems) {}

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
   * @param segmentExpressions CEL text by segment name, for {@code inSegment}
   */
  public RuleCompiler(ProfileSchema schema, Map<String, String> segmentExpressions) {
    this(schema, segmentExpressions, "");
  }

  /**
   * @param namespace whose models rules mean in {@code score} and {@code cluster}: outputs are
   *     keyed {@code namespace/name}
   */
  public RuleCompiler(
      ProfileSchema schema, Map<String, String> segmentExpressions, String namespace) {
    this.models = namespace.isEmpty() ? "" : namespace + "/";
    this.schema = schema;
    this.gate = new TypeGate(schema);
    segmentExpressions.forEach((name, cel) -> segments.put(name, parsed(cel)));
    Map<String, CelAbstractSyntaxTree> trees = new TreeMap<>();
    segments.forEach((name, parsed) -> trees.put(name, parsed.tree()));
    this.graph = SegmentGraph.of(trees);
  }

  /** Compiles CEL text that must come to a Boolean. */
  public RuleResult compile(String cel) {
    return result(parsed(cel), null, Purpose.One);
  }

  /**
   * Compiles CEL text that must come to a Boolean, to be asked as of any moment: events from that
   * moment on do not count, so that the answer is the one that was given then.
   */
  public RuleResult compileAsOf(String cel) {
    return result(parsed(cel), null, Purpose.Past);
  }

  /** Compiles CEL text that must come to a number, to be asked the same way. */
  public FormulaResult compileFormula(String cel) {
    Parsed parsed = parsed(cel);
    ProblemList problems = new ProblemList();
    parsed.problems().inOrder().forEach(problems::add);
    Expr expr = formula(parsed, problems);
    Set<String> reached = parsed.tree() == null ? Set.of() : graph.reachedFrom(parsed.tree());
    Formula formula =
        expr == null || problems.hasErrors() ? null : new Formula(parsed.source().text(), expr);
    return new FormulaResult(formula, problems.inOrder(), reached);
  }

  /** Null after reporting a problem. */
  private Expr formula(Parsed parsed, ProblemList problems) {
    if (parsed.tree() == null) {
      return null;
    }
    Done done = new Done(Purpose.Past);
    Lowering lowering = lowering(parsed, null, 0, problems, done);
    Expr expr = checked(parsed, lowering.number(parsed.tree().getExpr()), problems);
    if (expr != null) {
      gate.checkValue(parsed.source(), problems);
    }
    return expr;
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
    return new RuleResult(one ? result.rule() : null, problems, result.segments());
  }

  /**
   * Compiles the expression of a segment.
   *
   * @throws IllegalArgumentException when there is no such segment
   */
  public RuleResult compileNamed(String segment) {
    Parsed parsed = segments.get(segment);
    if (parsed == null) {
      throw new IllegalArgumentException(
          "no segment \"" + segment + "\" was given to the compiler; known: " + segments.keySet());
    }
    return result(parsed, segment, Purpose.All);
  }

  private Parsed parsed(String cel) {
    SourceText source = new SourceText(cel);
    ProblemList problems = new ProblemList();
    Optional<CelAbstractSyntaxTree> tree = syntax.read(source, problems);
    return new Parsed(source, tree.orElse(null), problems);
  }

  private RuleResult result(Parsed parsed, String name, Purpose purpose) {
    ProblemList problems = new ProblemList();
    parsed.problems().inOrder().forEach(problems::add);
    Expr expr = lowered(parsed, name, 0, problems, new Done(purpose));
    Set<String> reached = parsed.tree() == null ? Set.of() : graph.reachedFrom(parsed.tree());
    Rule rule =
        expr == null || problems.hasErrors() ? null : new Rule(parsed.source().text(), expr);
    return new RuleResult(rule, problems.inOrder(), reached);
  }

  /** Null after reporting a problem. */
  private Expr lowered(Parsed parsed, String name, int slot, ProblemList problems, Done done) {
    if (parsed.tree() == null) {
      return null;
    }
    Lowering lowering = lowering(parsed, name, slot, problems, done);
    Expr expr = checked(parsed, lowering.condition(parsed.tree().getExpr()), problems);
    if (expr == null) {
      return null;
    }
    gate.check(parsed.source(), problems);
    return problems.hasErrors() ? null : expr;
  }

  private Lowering lowering(Parsed parsed, String name, int slot, ProblemList problems, Done done) {
    return new Lowering(
        schema,
        (segment, at, free, list) -> inlined(name, new Place(segment, free), at, list, done),
        parsed.source(),
        parsed.tree(),
        slot,
        problems,
        done.purpose,
        models);
  }

  /** Null after reporting a problem. */
  private Expr checked(Parsed parsed, Expr expr, ProblemList problems) {
    new EncryptedAttributes(
            schema, parsed.source(), parsed.tree().getSource().getPositionsMap(), problems)
        .check(parsed.tree().getExpr());
    if (expr == null || problems.hasErrors()) {
      return null;
    }
    ExprSize size = ExprSize.of(expr);
    if (size.depth() > Limits.DEPTH || size.nodes() > Limits.NODES) {
      problems.error(
          new Position(1, 1),
          "the rule, with the segments in it, has "
              + size.nodes()
              + " parts nested "
              + size.depth()
              + " deep; the most is "
              + Limits.NODES
              + " and "
              + Limits.DEPTH,
          "write value in [a, b, …] instead of many comparisons, or simplify the segments");
      return null;
    }
    return expr;
  }

  /** Null after reporting a problem. */
  private Expr inlined(String from, Place place, Position at, ProblemList problems, Done done) {
    String segment = place.segment();
    Parsed parsed = segments.get(segment);
    if (parsed == null) {
      problems.error(
          at, "unknown segment \"" + segment + "\"", DidYouMean.fix(segment, segments.keySet()));
      return null;
    }
    List<String> circle = graph.circleFrom(from, segment);
    if (!circle.isEmpty()) {
      problems.error(
          at,
          "segments refer to each other in a circle: " + String.join(" → ", circle),
          "take one of these inSegment(…) away");
      return null;
    }
    Optional<Expr> expr = done.segments.get(place);
    if (expr == null && done.depth == Limits.DEPTH) {
      problems.error(
          at,
          "more than " + Limits.DEPTH + " segments name each other in a row",
          "say in fewer segments what they say");
      return null;
    }
    if (expr == null) {
      done.depth++;
      expr = Optional.ofNullable(lowered(parsed, segment, place.slot(), new ProblemList(), done));
      done.depth--;
      done.segments.put(place, expr);
    }
    if (expr.isEmpty()) {
      problems.error(
          at,
          "segment \"" + segment + "\" has errors",
          "fix the segment \"" + segment + "\" first");
    }
    return expr.orElse(null);
  }
}
