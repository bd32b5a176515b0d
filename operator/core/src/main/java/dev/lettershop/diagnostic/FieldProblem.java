package dev.lettershop.diagnostic;

import java.util.Objects;

/**
 * A problem whose field is known, but not yet the resource.
 *
 * @param field path of the field, such as {@code spec.rules.all[1].value}
 */
public record FieldProblem(String field, Problem problem) {
  public FieldProblem {
    Objects.requireNonNull(field);
    Objects.requireNonNull(problem);
  }

  /** Says whose field it is. */
  public Diagnostic at(ResourceRef resource) {
    return problem.at(resource, field);
  }
}
