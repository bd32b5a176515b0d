package dev.lettershop.rule;

import dev.lettershop.api.v1alpha1.SegmentRules;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.profile.ProfileSchema;
import java.util.Collection;
import java.util.List;

/** Writes a segment's {@code spec.rules} as the CEL text that means the same. */
public final class StructuredRules {
  private StructuredRules() {}

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
    throw new UnsupportedOperationException();
  }
}
