package dev.lettershop.insight.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happened, in a few sentences. */
final class Summary {
  private Summary() {}

  static String of(Report report, Terms terms) {
    List<String> sentences = new ArrayList<>();
    sentences.add(mailed(report, terms));
    experiment(report, terms).ifPresent(sentences::add);
    goal(report.goal()).ifPresent(sentences::add);
    earlier(report).ifPresent(sentences::add);
    report.limits().stream()
        .filter(limit -> limit.standing().equals("over"))
        .reduce((first, later) -> later)
        .ifPresent(
            limit ->
                sentences.add(
                    limit.name()
                        + " are at "
                        + limit.rate().percent()
                        + ", over the "
                        + Words.percent(limit.limit())
                        + " of "
                        + limit.provider()
                        + "."));
    return String.join(" ", sentences);
  }

  private static String mailed(Report report, Terms terms) {
    Rate delivered = rate(report, Measure.Delivered);
    if (report.subject().dryRun()) {
      return "A dry run: no mail went out.";
    }
    if (delivered.of() == 0) {
      return "No mail has gone out.";
    }
    String sent =
        "Sent to "
            + Words.people(delivered.of())
            + "; "
            + Words.count(delivered.count())
            + (delivered.count() == 1 ? " mail" : " mails")
            + " arrived";
    if (!terms.clicks()) {
      return sent + ". Clicks are not recorded.";
    }
    Rate clicked = rate(report, Measure.Clicked);
    return clicked.rate() == null
        ? sent + "."
        : sent
            + ", and "
            + Words.people(clicked.count())
            + " clicked: "
            + clicked.percent()
            + ", and with another audience of this size probably between "
            + Words.percent(clicked.low())
            + " and "
            + Words.percent(clicked.high())
            + ".";
  }

  private static Rate rate(Report report, Measure measure) {
    return report.funnel().stream()
        .filter(step -> step.measure() == measure)
        .findFirst()
        .orElseThrow()
        .rate();
  }

  private static Optional<String> experiment(Report report, Terms terms) {
    Report.Variants variants = report.variants();
    if (variants == null || !terms.clicks()) {
      return Optional.empty();
    }
    if (variants.suspicious()) {
      return Optional.of(
          "The variants did not get the shares that they were promised, so comparing them means"
              + " nothing.");
    }
    if (variants.decision() != null && variants.decision().winner() != null) {
      Trial.Decision decided = variants.decision();
      return Optional.of(
          decided.outcome().equals("Winner")
              ? "Variant "
                  + decided.winner()
                  + " won by "
                  + decided.metric().toLowerCase(Locale.ROOT)
                  + " after "
                  + Words.duration(Duration.between(report.subject().startedAt(), decided.at()))
                  + "."
              : "No variant won; the rest got " + decided.winner() + ", which is a guess.");
    }
    List<String> better =
        variants.pairs().stream()
            .filter(pair -> pair.low() != null && pair.low() > 1)
            .map(Summary::better)
            .toList();
    return Optional.of(
        better.isEmpty()
            ? "The variants do not differ by more than chance explains."
            : String.join(" ", better));
  }

  private static Optional<String> goal(Report.Goal goal) {
    if (goal == null || goal.credited().isEmpty()) {
      return Optional.empty();
    }
    long times = goal.credited().stream().mapToLong(Trial.Credited::conversions).sum();
    String credited = Words.count(times) + " times " + goal.event() + " credited to the mail";
    if (goal.lift() == null) {
      return Optional.of(
          credited + "; without a hold-out nobody can tell how many would have anyway.");
    }
    boolean told = goal.lift().low() != null && goal.lift().low() > 1;
    return Optional.of(
        credited
            + (told
                ? "; about " + Words.people(goal.lift().because()) + " did it because of the mail."
                : "; beside those held out, no difference that chance does not explain."));
  }

  private static String better(Report.Pair pair) {
    String between =
        pair.high() == null
            ? "at least " + more(pair.low())
            : "between " + more(pair.low()) + " and " + more(pair.high());
    return pair.ratio() == null
        ? "Variant " + pair.first() + " was clicked, " + pair.second() + " was not."
        : "Variant "
            + pair.first()
            + " was clicked "
            + more(pair.ratio())
            + " more often than "
            + pair.second()
            + " ("
            + between
            + ").";
  }

  private static String more(double ratio) {
    return Words.percent(ratio - 1);
  }

  private static Optional<String> earlier(Report report) {
    Report.Earlier earlier = report.earlier();
    if (earlier == null) {
      return Optional.empty();
    }
    Rate clicked = rate(report, Measure.Clicked);
    if (clicked.rate() == null) {
      return Optional.empty();
    }
    String where =
        clicked.high() < earlier.low()
            ? "That is less than in"
            : clicked.low() > earlier.high() ? "That is more than in" : "That is as in";
    int runs = earlier.rows().size();
    return Optional.of(
        where
            + (runs == 1 ? " the run before (" : " the " + runs + " runs before (")
            + Words.percent(earlier.low())
            + (runs == 1 ? "" : " to " + Words.percent(earlier.high()))
            + ").");
  }
}
