package dev.lettershop.rule.parse;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is found while one expression is compiled. Confined to one thread. */
public final class ProblemList {
  private static final int MOST = 50;

  private final List<Problem> problems = new ArrayList<>();

  public void add(Problem problem) {
    if (problems.size() < MOST && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  public void error(Position position, String message, String fix) {
    add(Problem.error(position, message, fix));
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** In the order of the text. */
  public List<Problem> inOrder() {
    return problems.stream()
        .sorted(
            Comparator.comparing(
                Problem::position,
                Comparator.nullsFirst(
                    Comparator.comparingInt(Position::line).thenComparingInt(Position::column))))
        .toList();
  }
}
