package dev.lettershop.source.read;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.source.sync.SourceSync;
import java.util.List;

/**
 * A source cannot be read as declared. Stays within this package: {@link SourceSync} turns it into
 * the diagnostics of a failed sync.
 */
public final class SourceFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldProblem> problems;

  /**
   * @param field path in the ProfileSource
   * @param message what is wrong; no personal data
   * @param fix what to do about it, or null
   */
  public SourceFault(String field, String message, String fix) {
    this(List.of(new FieldProblem(field, Problem.error(null, message, fix))));
  }

  /**
   * @param problems at least one
   */
  public SourceFault(List<FieldProblem> problems) {
    super(problems.get(0).problem().message());
    this.problems = List.copyOf(problems);
  }

  public List<Diagnostic> at(String source) {
    ResourceRef resource = new ResourceRef("ProfileSource", source);
    return problems.stream().map(problem -> problem.at(resource)).toList();
  }
}
