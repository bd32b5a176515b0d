package dev.lettershop.rule.parse;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which segments refer to which. */
public final class SegmentGraph {
  private final Map<String, Set<String>> references;

  private SegmentGraph(Map<String, Set<String>> references) {
    this.references = references;
  }

  /**
   * @param references names that each segment refers to, by segment
   */
  public static SegmentGraph of(Map<String, Set<String>> references) {
    return new SegmentGraph(references);
  }

  /** Names of the segments that a rule names itself. */
  public static Set<String> references(CelAbstractSyntaxTree rule) {
    Set<String> named = new TreeSet<>();
    collect(rule.getExpr(), named);
    return named;
  }

  /**
   * The names along a circle that somebody who comes from {@code from} (null for a rule without a
   * name) to {@code to} gets into, first and last the same; empty when there is none.
   */
  public List<String> circleFrom(String from, String to) {
    LinkedHashSet<String> path = new LinkedHashSet<>();
    if (from != null) {
      path.add(from);
    }
    return walk(to, path, new TreeSet<>());
  }

  /**
   * Every segment that a rule refers to, also through others.
   *
   * @param named those that it names itself
   */
  public Set<String> reachedFrom(Set<String> named) {
    Set<String> reached = new TreeSet<>();
    Set<String> next = named;
    while (!next.isEmpty()) {
      reached.addAll(next);
      Set<String> further = new TreeSet<>();
      next.forEach(name -> further.addAll(references.getOrDefault(name, Set.of())));
      further.removeAll(reached);
      next = further;
    }
    return reached;
  }

  private List<String> walk(String name, LinkedHashSet<String> path, Set<String> harmless) {
    if (path.contains(name)) {
      List<String> whole = new ArrayList<>(path);
      List<String> circle = new ArrayList<>(whole.subList(whole.indexOf(name), whole.size()));
      circle.add(name);
      return circle;
    }
    if (!harmless.contains(name)) {
      path.add(name);
      for (String next : references.getOrDefault(name, Set.of())) {
        List<String> circle = walk(next, path, harmless);
        if (!circle.isEmpty()) {
          return circle;
        }
      }
      path.remove(name);
      harmless.add(name);
    }
    return List.of();
  }

  private static void collect(CelExpr expr, Set<String> named) {
    switch (expr.getKind()) {
      case SELECT -> collect(expr.select().operand(), named);
      case LIST -> expr.list().elements().forEach(element -> collect(element, named));
      case CALL -> {
        if (expr.call().function().equals("inSegment")) {
          expr.call().args().stream()
              .filter(argument -> argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT)
              .map(CelExpr::constant)
              .filter(constant -> constant.getKind() == CelConstant.Kind.STRING_VALUE)
              .forEach(constant -> named.add(constant.stringValue()));
        }
        expr.call().target().ifPresent(target -> collect(target, named));
        expr.call().args().forEach(argument -> collect(argument, named));
      }
      default -> {}
    }
  }
}
