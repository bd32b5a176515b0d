package dev.lettershop.insight.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lettershop.insight.experiment.Finding.Cause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
  private static final DecisionRule RULE =
      new DecisionRule(false, List.of(50, 50), List.of(4_000L, 4_000L), 0.95, 500);

  private static AnswerTotals answers(long sent, long answers) {
    return new AnswerTotals(sent, answers, 0, 0);
  }

  private static Observation look(double information, long a, long b) {
    return new Observation(information, List.of(answers(4_000, a), answers(4_000, b)));
  }

  @Test
  void aClearDifferenceWinsBeforeTheDeadline() {
    Optional<Finding> finding = RULE.decide(List.of(look(0.5, 100, 180)), false);

    assertThat(finding.orElseThrow().cause()).isEqualTo(Cause.Beats);
    assertThat(finding.get().variant()).isEqualTo(1);
  }

  @Test
  void whatOneLookAtTheEndWouldCallSignificantDoesNotWinEarly() {
    // A z-test says 0.027.
    assertThat(RULE.decide(List.of(look(0.3, 120, 156)), false)).isEmpty();
  }

  @Test
  void withoutADifferenceTheDeadlineHasNoWinnerButABestOneSoFar() {
    Finding finding =
        RULE.decide(List.of(look(0.5, 60, 61), look(1, 120, 124)), true).orElseThrow();

    assertThat(finding.cause()).isEqualTo(Cause.NoDifference);
    assertThat(finding.variant()).isEqualTo(1);
    // E[max(0, a - b)] of a normal distribution, with the rates' errors, over b's rate.
    assertThat(finding.expectedLoss()).isCloseTo(0.0355, within(5e-4));
  }

  @Test
  void tooFewMailsDecideNothingUntilTheDeadline() {
    Observation few = new Observation(0.5, List.of(answers(499, 10), answers(4_000, 400)));
    DecisionRule uneven =
        new DecisionRule(false, List.of(10, 90), List.of(450L, 4_050L), 0.95, 500);

    assertThat(uneven.decide(List.of(new Observation(0.5, few.variants())), false)).isEmpty();
    assertThat(uneven.decide(List.of(new Observation(1, few.variants())), true))
        .map(Finding::cause)
        .contains(Cause.TooFewPeople);
  }

  @Test
  void variantsThatDidNotGetTheirShareAtTheFreezeStopTheDecision() {
    DecisionRule lopsided =
        new DecisionRule(false, List.of(50, 50), List.of(4_300L, 3_700L), 0.95, 500);

    assertThat(lopsided.decide(List.of(look(0.3, 10, 300)), false))
        .map(Finding::cause)
        .contains(Cause.SampleRatio);
  }

  @Test
  void mailsOfOneVariantThatDoNotGoOutStopTheDecision() {
    Observation failing = new Observation(0.3, List.of(answers(3_950, 10), answers(3_100, 300)));

    assertThat(RULE.decide(List.of(failing), false))
        .map(Finding::cause)
        .contains(Cause.SampleRatio);
  }

  @Test
  void aWinnerOfThreeBeatsEachOfTheOthers() {
    DecisionRule three =
        new DecisionRule(false, List.of(34, 33, 33), List.of(3_400L, 3_300L, 3_300L), 0.95, 500);
    Observation tied =
        new Observation(1, List.of(answers(3_400, 100), answers(3_300, 250), answers(3_300, 248)));
    Observation best =
        new Observation(1, List.of(answers(3_400, 100), answers(3_300, 110), answers(3_300, 250)));

    assertThat(three.decide(List.of(tied), true).orElseThrow().cause())
        .isEqualTo(Cause.NoDifference);
    assertThat(three.decide(List.of(best), true).orElseThrow().variant()).isEqualTo(2);
  }

  private static AnswerTotals worth(long sent, long buyers, double each) {
    return new AnswerTotals(sent, buyers, buyers * each, buyers * each * each);
  }

  @Test
  void worthIsComparedByMailAndNotByBuyers() {
    DecisionRule byValue =
        new DecisionRule(true, List.of(50, 50), List.of(20_000L, 20_000L), 0.95, 500);
    Observation fewButRich =
        new Observation(0.5, List.of(worth(20_000, 900, 20), worth(20_000, 700, 60)));
    Observation nothing = new Observation(1, List.of(worth(20_000, 0, 1), worth(20_000, 0, 1)));

    assertThat(byValue.decide(List.of(fewButRich), false).orElseThrow().variant()).isEqualTo(1);
    assertThat(byValue.decide(List.of(nothing), true).orElseThrow().cause())
        .isEqualTo(Cause.NoDifference);
    assertThat(byValue.decide(List.of(nothing), true).orElseThrow().expectedLoss()).isNaN();
  }
}
