package dev.lettershop.cli.plan;

import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.rule.Trace;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.store.segment.SegmentExplanation;
import dev.lettershop.worker.task.SegmentStudy;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints explanations for people. */
public final class ExplanationText {
  private final PrintWriter out;

  ExplanationText(PrintWriter out) {
    this.out = out;
  }

  void cel(SegmentPlan plan) {
    heading("CEL");
    indented(plan.segments().get(plan.name()));
    plan.segments().entrySet().stream()
        .filter(other -> !other.getKey().equals(plan.name()))
        .forEach(
            other -> {
              out.println("  -- inSegment(\"" + other.getKey() + "\")");
              indented(other.getValue());
            });
    out.flush();
  }

  void database(SegmentExplanation explanation) {
    heading("SQL");
    indented(explanation.sql());
    heading("PostgreSQL's plan");
    explanation.plan().forEach(line -> out.println("  " + line));
    heading("Estimate");
    out.printf(
        Locale.ROOT,
        "  cost %,.0f; about %,d of %,d profiles%n",
        explanation.cost(),
        explanation.members(),
        explanation.profiles());
    explanation
        .eventsOfAllTime()
        .forEach((event, count) -> out.println("  " + ofAllTime(event, count)));
    heading("Indexes that would help");
    if (explanation.indexes().isEmpty()) {
      out.println("  none");
    }
    explanation
        .indexes()
        .forEach(
            index -> {
              out.println("  " + index.statement() + ";");
              out.println("    " + index.reason());
            });
    out.flush();
  }

  void exact(SegmentStudy.Counted counted) {
    heading("Counted");
    out.printf(
        Locale.ROOT, "  %,d of %,d profiles, exactly%n", counted.members(), counted.profiles());
    out.flush();
  }

  void trace(String segment, Trace trace) {
    String answer =
        switch (trace.truth()) {
          case True -> "is a member of " + segment;
          case False -> "is not a member of " + segment;
          case Unknown -> "is not a member of " + segment + ": the answer is unknown";
        };
    out.println("The profile " + answer);
    out.println();
    part(trace, 0);
    out.flush();
  }

  /** The warning about a rule that looks at all events of a name, with their estimated number. */
  public static String ofAllTime(String event, long count) {
    return String.format(
        Locale.ROOT,
        "warning: looks at every \"%1$s\" there ever was, about %2$,d events; give a time, as in"
            + " events(\"%1$s\", duration(\"8760h\"))",
        event,
        count);
  }

  private void part(Trace trace, int depth) {
    String values =
        trace.values().entrySet().stream()
            .filter(value -> !value.getKey().equals(trace.text()))
            .map(value -> value.getKey() + " = " + value.getValue())
            .collect(Collectors.joining(", "));
    out.println(
        String.format(Locale.ROOT, "%-8s", word(trace.truth()))
            + "  ".repeat(depth)
            + trace.text()
            + (values.isEmpty() ? "" : "    where " + values));
    trace.parts().forEach(part -> part(part, depth + 1));
  }

  private static String word(Truth truth) {
    return truth.name().toLowerCase(Locale.ROOT);
  }

  private void heading(String text) {
    out.println(text);
  }

  private void indented(String text) {
    text.lines().forEach(line -> out.println("  " + line));
  }
}
