package dev.lettershop.template;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.ResourceRef;
import java.util.Objects;

/**
 * A finding in one field of an EmailTemplate.
 *
 * @param field path of the field, such as {@code spec.html}
 * @param problem its position counts within that field's text
 */
public record FieldProblem(String field, Problem problem) {
  public FieldProblem {
    Objects.requireNonNull(field);
    Objects.requireNonNull(problem);
  }

  public boolean isError() {
    return problem.isError();
  }

  /** Says which EmailTemplate is meant. */
  public Diagnostic at(ResourceRef template) {
    return problem.at(template, field);
  }
}
