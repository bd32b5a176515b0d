package dev.lettershop.rule;

import dev.lettershop.diagnostic.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What compiling a formula came to.
 *
 * @param formula null when there is an error among the problems
 * @param problems all that was found, errors and warnings, in the order of the text
 * @param segments names of the segments that the text refers to, also through other segments; those
 *     that exist and those that do not
 */
public record FormulaResult(Formula formula, List<Problem> problems, Set<String> segments) {
  public FormulaResult {
    problems = List.copyOf(problems);
    segments = Collections.unmodifiableSet(new TreeSet<>(segments));
  }
}
