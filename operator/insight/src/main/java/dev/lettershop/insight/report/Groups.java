package dev.lettershop.insight.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of people who have something in common, without showing what few of them did. Groups of
 * fewer than {@value #FEWEST} people are one row, and where that row would have fewer, the next
 * larger group goes into it as well; so nobody can be worked out from the total either.
 */
final class Groups {
  /** Fewest people whose figures are shown. */
  static final int FEWEST = 10;

  private static final int MOST_ROWS = 15;
  private static final Comparator<RunFacts.Group> LARGEST_FIRST =
      Comparator.comparingLong((RunFacts.Group group) -> group.outcomes().sent())
          .reversed()
          .thenComparing(RunFacts.Group::name);

  private final Terms terms;

  Groups(Terms terms) {
    this.terms = terms;
  }

  /** Groups that divide the people of the run: who is not shown is in the last row. */
  List<Report.Row> dividing(List<RunFacts.Group> groups) {
    List<RunFacts.Group> mailed =
        groups.stream().filter(g -> g.outcomes().sent() > 0).sorted(LARGEST_FIRST).toList();
    int shown = Math.min(MOST_ROWS, mailed.size());
    while (shown > 0 && mailed.get(shown - 1).outcomes().sent() < FEWEST) {
      shown--;
    }
    Outcomes others = sum(mailed.subList(shown, mailed.size()));
    while (shown > 0 && others.sent() > 0 && others.sent() < FEWEST) {
      others = others.plus(mailed.get(--shown).outcomes());
    }
    List<Report.Row> rows =
        new ArrayList<>(mailed.subList(0, shown).stream().map(this::row).toList());
    if (shown < mailed.size()) {
      int number = mailed.size() - shown;
      rows.add(row(new RunFacts.Group(number + (number == 1 ? " other" : " others"), others)));
    }
    return List.copyOf(rows);
  }

  /**
   * Groups that may overlap, each by itself; one that nearly all belong to tells about the rest.
   */
  List<Report.Row> overlapping(List<RunFacts.Group> groups, Outcomes total) {
    return groups.stream()
        .sorted(LARGEST_FIRST)
        .map(
            group -> {
              long rest = total.sent() - group.outcomes().sent();
              return rest > 0 && rest < FEWEST ? hidden(group) : row(group);
            })
        .toList();
  }

  /** The figures of a group, without them when it is too small. */
  Report.Row row(RunFacts.Group group) {
    Outcomes outcomes = group.outcomes();
    return outcomes.sent() > 0 && outcomes.sent() < FEWEST ? hidden(group) : whole(group);
  }

  private static Report.Row hidden(RunFacts.Group group) {
    return new Report.Row(group.name(), null, null, null, null, null, null, null);
  }

  /** The figures of a group, whatever its size. */
  Report.Row whole(RunFacts.Group group) {
    Outcomes outcomes = group.outcomes();
    return new Report.Row(
        group.name(),
        outcomes.sent(),
        rate(Measure.Delivered, outcomes),
        rate(Measure.Opened, outcomes),
        rate(Measure.Clicked, outcomes),
        rate(Measure.Unsubscribed, outcomes),
        rate(Measure.Complained, outcomes),
        rate(Measure.Bounced, outcomes));
  }

  private Rate rate(Measure measure, Outcomes outcomes) {
    return terms.records(measure) ? measure.of(outcomes) : null;
  }

  private static Outcomes sum(List<RunFacts.Group> groups) {
    return groups.stream().map(RunFacts.Group::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
  }
}
