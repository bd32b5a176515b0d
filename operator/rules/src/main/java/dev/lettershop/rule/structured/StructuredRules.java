package dev.lettershop.rule.structured;

import dev.lettershop.api.v1alpha1.segment.SegmentRule;
import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.api.v1alpha1.segment.SegmentTerm;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.parse.Purpose;
import dev.lettershop.rule.parse.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compiles the structured rules of a segment. Confined to one thread; used once. */
public final class StructuredRules {
  /** Field of a segment's spec that holds them. */
  public static final String FIELD = "rules";

  private final StructuredTerm term;
  private final List<FieldProblem> problems;

  /**
   * @param slot first free slot
   * @param problems takes what is found, by field of the segment's spec, such as {@code
   *     rules.all[1].value}
   */
  public StructuredRules(
      ProfileSchema schema,
      Segments segments,
      int slot,
      Purpose purpose,
      List<FieldProblem> problems) {
    this.term = new StructuredTerm(schema, segments, slot, purpose, problems);
    this.problems = problems;
  }

  /** Names of the segments that the rules name themselves. */
  public static Set<String> references(SegmentRules rules) {
    Set<String> named = new TreeSet<>();
    Stream.of(rules.all(), rules.any(), rules.none())
        .flatMap(StructuredRules::present)
        .forEach(
            rule ->
                Stream.concat(
                        Stream.of(SegmentTerm.of(rule)),
                        Stream.concat(present(rule.anyOf()), present(rule.allOf())))
                    .map(SegmentTerm::segment)
                    .filter(segment -> segment != null)
                    .forEach(named::add));
    return named;
  }

  /** Never null; means nothing when an error was reported. */
  public Expr compile(SegmentRules rules) {
    List<Expr> conditions = new ArrayList<>(terms(rules.all(), "all"));
    List<Expr> any = terms(rules.any(), "any");
    if (!any.isEmpty()) {
      conditions.add(Junction.or(any));
    }
    terms(rules.none(), "none").forEach(none -> conditions.add(Junction.not(none)));
    if (conditions.isEmpty()) {
      problems.add(
          new FieldProblem(
              FIELD, Problem.error(null, "no condition is given", "set one of all, any and none")));
      return Junction.FAULTY;
    }
    return Junction.and(conditions);
  }

  private List<Expr> terms(List<SegmentRule> rules, String field) {
    List<Expr> compiled = new ArrayList<>();
    if (rules != null) {
      for (int i = 0; i < rules.size(); i++) {
        compiled.add(rule(rules.get(i), FIELD + "." + field + "[" + i + "]"));
      }
    }
    return compiled;
  }

  private Expr rule(SegmentRule rule, String path) {
    boolean anyOf = rule.anyOf() != null && !rule.anyOf().isEmpty();
    boolean allOf = rule.allOf() != null && !rule.allOf().isEmpty();
    if (!anyOf && !allOf) {
      return term.compile(SegmentTerm.of(rule), path);
    }
    List<SegmentTerm> group = anyOf ? rule.anyOf() : rule.allOf();
    List<Expr> compiled = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      compiled.add(term.compile(group.get(i), path + (anyOf ? ".anyOf[" : ".allOf[") + i + "]"));
    }
    return anyOf ? Junction.or(compiled) : Junction.and(compiled);
  }

  private static <T> Stream<T> present(List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }
}
