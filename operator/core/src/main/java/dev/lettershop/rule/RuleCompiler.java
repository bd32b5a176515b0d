package dev.lettershop.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.profile.ProfileSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles the rules of one store: reads CEL, checks names and types against the schema, and puts
 * the segments that a rule refers to in place. Pure, immutable and thread-safe.
 */
public final class RuleCompiler {
  private final ProfileSchema schema;
  private final CelSyntax syntax = new CelSyntax();
  private final TypeGate gate;
  private final Map<String, Parsed> segments = new TreeMap<>();
  private final SegmentGraph graph;

  /**
   * Segments that were found not to compile. Without it, segments that each name the next one twice
   * would double the work with each of them.
   */
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** Text that was read; {@code tree} is null when it could not be. */
  private record Parsed(SourceText source, CelAbstractSyntaxTree tree, ProblemList problems) {}

  /**
   * @param schema attributes and events that rules may name
   * @param segmentExpressions CEL text by segment name, for {@code inSegment}
   */
  public RuleCompiler(ProfileSchema schema, Map<String, String> segmentExpressions) {
    this.schema = schema;
    this.gate = new TypeGate(schema);
    segmentExpressions.forEach((name, cel) -> segments.put(name, parsed(cel)));
    Map<String, CelAbstractSyntaxTree> trees = new TreeMap<>();
    segments.forEach((name, parsed) -> trees.put(name, parsed.tree()));
    this.graph = SegmentGraph.of(trees);
  }

  /** Compiles CEL text that must come to a Boolean. */
  public RuleResult compile(String cel) {
    Parsed parsed = parsed(cel);
    return result(parsed, null);
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
    return result(parsed, segment);
  }

  private Parsed parsed(String cel) {
    SourceText source = new SourceText(cel);
    ProblemList problems = new ProblemList();
    Optional<CelAbstractSyntaxTree> tree = syntax.read(source, problems);
    return new Parsed(source, tree.orElse(null), problems);
  }

  private RuleResult result(Parsed parsed, String name) {
    ProblemList problems = new ProblemList();
    parsed.problems().inOrder().forEach(problems::add);
    Expr expr = lowered(parsed, name, 0, problems);
    Set<String> reached = parsed.tree() == null ? Set.of() : graph.reachedFrom(parsed.tree());
    Rule rule =
        expr == null || problems.hasErrors() ? null : new Rule(parsed.source().text(), expr);
    return new RuleResult(rule, problems.inOrder(), reached);
  }

  /** Null after reporting a problem. */
  private Expr lowered(Parsed parsed, String name, int slot, ProblemList problems) {
    if (parsed.tree() == null) {
      return null;
    }
    Lowering lowering =
        new Lowering(
            schema,
            (segment, at, free, list) -> inlined(name, segment, at, free, list),
            parsed.source(),
            parsed.tree(),
            slot,
            problems);
    Expr expr = lowering.condition(parsed.tree().getExpr());
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
    gate.check(parsed.source(), problems);
    return problems.hasErrors() ? null : expr;
  }

  /** Null after reporting a problem. */
  private Expr inlined(String from, String segment, Position at, int slot, ProblemList problems) {
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
    ProblemList own = new ProblemList();
    Expr expr = broken.contains(segment) ? null : lowered(parsed, segment, slot, own);
    if (expr == null) {
      broken.add(segment);
      problems.error(
          at,
          "segment \"" + segment + "\" has errors",
          "mend the segment \"" + segment + "\" first");
    }
    return expr;
  }
}
