package dev.lettershop.rule;

import dev.lettershop.api.v1alpha1.FieldMapping;
import dev.lettershop.diagnostic.FieldProblem;
import java.util.List;

/** Compiles the CEL of a source's {@code spec.mapping}. */
public final class MappingCompiler {
  /**
   * @param mapping null when there is an error among the problems
   * @param problems by field path, such as {@code spec.mapping[0].value}
   */
  public record Result(Mapping mapping, List<FieldProblem> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  public Result compile(List<FieldMapping> fields) {
    throw new UnsupportedOperationException();
  }
}
