package dev.lettershop.rule.structured;

import dev.lettershop.api.v1alpha1.segment.SegmentRule;
import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.api.v1alpha1.segment.SegmentTerm;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes a segment's {@code spec.rules} as the CEL text that means the same. Pure. */
public final class StructuredRules {
  private static final String ROOT = "spec.rules";

  private final StructuredTerm term;
  private final List<FieldProblem> problems;

  private StructuredRules(StructuredTerm term, List<FieldProblem> problems) {
    this.term = term;
    this.problems = problems;
  }

  /**
   * @param cel null when there is an error among the problems
   * @param problems by field path, such as {@code spec.rules.all[1].value}
   */
  public record Result(String cel, List<FieldProblem> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param segments names that {@code segment} terms may refer to
   */
  public static Result toCel(
      SegmentRules rules, ProfileSchema schema, Collection<String> segments) {
    List<FieldProblem> problems = new ArrayList<>();
    StructuredTerm term = new StructuredTerm(schema, segments, problems);
    String cel = new StructuredRules(term, problems).write(rules);
    return new Result(problems.isEmpty() ? cel : null, problems);
  }

  private String write(SegmentRules rules) {
    List<String> conditions = new ArrayList<>(terms(rules.all(), "all"));
    List<String> any = terms(rules.any(), "any");
    if (!any.isEmpty()) {
      conditions.add(joined(any, " || "));
    }
    for (String none : terms(rules.none(), "none")) {
      conditions.add("!(" + none + ")");
    }
    if (conditions.isEmpty()) {
      problems.add(
          new FieldProblem(
              ROOT, Problem.error(null, "there is no condition", "set one of all, any and none")));
    }
    return String.join("\n&& ", conditions);
  }

  private List<String> terms(List<SegmentRule> rules, String field) {
    List<String> written = new ArrayList<>();
    if (rules != null) {
      for (int i = 0; i < rules.size(); i++) {
        written.add(rule(rules.get(i), ROOT + "." + field + "[" + i + "]"));
      }
    }
    return written;
  }

  private String rule(SegmentRule rule, String path) {
    boolean anyOf = rule.anyOf() != null && !rule.anyOf().isEmpty();
    boolean allOf = rule.allOf() != null && !rule.allOf().isEmpty();
    if (!anyOf && !allOf) {
      return term.write(single(rule), path);
    }
    List<SegmentTerm> group = anyOf ? rule.anyOf() : rule.allOf();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      written.add(term.write(group.get(i), path + (anyOf ? ".anyOf[" : ".allOf[") + i + "]"));
    }
    return joined(written, anyOf ? " || " : " && ");
  }

  private static SegmentTerm single(SegmentRule rule) {
    return new SegmentTerm(
        rule.attribute(),
        rule.event(),
        rule.segment(),
        rule.operator(),
        rule.value(),
        rule.values(),
        rule.within(),
        rule.atLeast(),
        rule.atMost(),
        rule.where());
  }

  private static String joined(List<String> conditions, String operator) {
    return conditions.size() == 1
        ? conditions.get(0)
        : "(" + String.join(operator, conditions) + ")";
  }
}
