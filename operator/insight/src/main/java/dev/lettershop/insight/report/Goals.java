package dev.lettershop.insight.report;

import dev.lettershop.insight.experiment.AlwaysValidRatio;
import dev.lettershop.insight.experiment.RatioInterval;
import java.time.Duration;
import java.util.List;

/** What a campaign is for, and what its mail changed about it. */
final class Goals {
  private static final double ALPHA = 0.05;

  private Goals() {}

  /** Null for a campaign without a goal. */
  static Report.Goal of(Trial trial) {
    if (trial == null || trial.goal() == null) {
      return null;
    }
    String within = Words.duration(Duration.ofSeconds(trial.goal().seconds()));
    return new Report.Goal(
        trial.goal().event(),
        within,
        trial.credited(),
        "Each time counts for one mail: the last one whose link the person had clicked within "
            + within
            + " before, else the last one received in that time. Many would have done it anyway.",
        trial.answers().stream()
            .filter(each -> of(each) >= Groups.FEWEST)
            .map(
                each ->
                    new Report.Converted(
                        each.heldOut()
                            ? "held out"
                            : (each.group().isEmpty() ? "mailed" : each.group())
                                + (each.decides() ? "" : ", after the decision"),
                        Rate.of(each.converted(), of(each)),
                        each.value()))
            .toList(),
        "People who did it within " + within + " after the run began, whoever gets the credit.",
        lift(trial.answers()));
  }

  private static long of(Trial.Answers answers) {
    return answers.heldOut() ? answers.people() : answers.sent();
  }

  private static Report.Lift lift(List<Trial.Answers> answers) {
    Rate held = rate(answers, true);
    Rate mailed = rate(answers, false);
    if (held.of() < Groups.FEWEST || mailed.of() < Groups.FEWEST) {
      return null;
    }
    String rule =
        "Of those in the audience, chance held some back. The ratio of the rates has an interval that"
            + " holds with a confidence of 95% however often somebody looks.";
    long because = Math.round(mailed.count() - mailed.of() * held.rate());
    if (mailed.count() + held.count() == 0) {
      return new Report.Lift(mailed, held, null, null, null, because, rule);
    }
    double share = (double) mailed.of() / (mailed.of() + held.of());
    RatioInterval ratio = AlwaysValidRatio.of(share, mailed.count(), held.count()).interval(ALPHA);
    return new Report.Lift(
        mailed, held, finite(ratio.ratio()), ratio.low(), finite(ratio.high()), because, rule);
  }

  private static Rate rate(List<Trial.Answers> answers, boolean heldOut) {
    List<Trial.Answers> those = answers.stream().filter(each -> each.heldOut() == heldOut).toList();
    return Rate.of(
        those.stream().mapToLong(Trial.Answers::converted).sum(),
        those.stream().mapToLong(Goals::of).sum());
  }

  private static Double finite(double ratio) {
    return Double.isFinite(ratio) ? ratio : null;
  }
}
