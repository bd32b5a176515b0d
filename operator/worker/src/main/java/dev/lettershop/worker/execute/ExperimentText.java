package dev.lettershop.worker.execute;

import dev.lettershop.insight.experiment.AlwaysValidRatio;
import dev.lettershop.insight.experiment.RatioInterval;
import dev.lettershop.store.experiment.ExperimentState;
import dev.lettershop.store.experiment.ExperimentState.Answers;
import dev.lettershop.store.experiment.ExperimentState.Decision;
import dev.lettershop.store.experiment.ExperimentState.Variant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How an experiment stands, as a sentence. */
final class ExperimentText {
  private ExperimentText() {}

  static String of(ExperimentState state) {
    Decision decision = state.decision();
    if (decision == null) {
      String next =
          state
              .next()
              .map(
                  look ->
                      "Look "
                          + look.number()
                          + " of "
                          + state.looks().size()
                          + " is due at "
                          + look.at().truncatedTo(ChronoUnit.SECONDS))
              .orElse("No look is left");
      return join(next, waiting(state), comparison(state));
    }
    return join(why(state, decision), rest(state, decision), comparison(state));
  }

  private static String why(ExperimentState state, Decision decision) {
    return switch (decision.reason()) {
      case "Beats" -> "Variant " + decision.winner() + " is better than each of the others";
      case "TooFewPeople" ->
          "No winner: a variant was sent to fewer than "
              + number(state.minimumPerVariant())
              + " people";
      case "SampleRatio" ->
          "No winner: variants did not get the people that they were promised, so that nothing can"
              + " be compared";
      default -> "No winner: the differences may be chance";
    };
  }

  private static String waiting(ExperimentState state) {
    return state.waiting() == 0
        ? null
        : state.waiting() == 1
            ? "1 person waits for the decision"
            : number(state.waiting()) + " people wait for the decision";
  }

  private static String rest(ExperimentState state, Decision decision) {
    if (state.waiting() == 0) {
      return null;
    }
    String people = number(state.waiting()) + " who waited get ";
    if (decision.winner() != null) {
      return people
          + decision.winner()
          + (decision.expectedLoss() == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  ", a guess that costs %.1f%% of its rate on average",
                  100 * decision.expectedLoss()));
    }
    return people + (state.noWinner().equals("Split") ? "the variant of chance" : "no mail");
  }

  /** The best one so far against the one after it, with an interval that holds at any time. */
  private static String comparison(ExperimentState state) {
    if (state.taken().isEmpty() || state.metric().equals("Revenue")) {
      return null;
    }
    List<Answers> answers = state.taken().get(state.taken().size() - 1).answers();
    List<Integer> order =
        IntStream.range(0, answers.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -rate(answers.get(i))))
            .toList();
    Variant best = state.variants().get(order.get(0));
    Variant next = state.variants().get(order.get(1));
    Answers most = answers.get(order.get(0));
    Answers fewer = answers.get(order.get(1));
    if (best.people() == 0 || next.people() == 0 || fewer.answers() == 0) {
      return null;
    }
    RatioInterval ratio =
        AlwaysValidRatio.of(
                (double) best.people() / (best.people() + next.people()),
                most.answers(),
                fewer.answers())
            .interval(1 - state.confidence());
    return String.format(
        Locale.ROOT,
        "%s has %.2f times the rate of %s (between %.2f and %.2f)",
        best.name(),
        ratio.ratio(),
        next.name(),
        ratio.low(),
        ratio.high());
  }

  private static double rate(Answers answers) {
    return answers.sent() == 0 ? 0 : (double) answers.answers() / answers.sent();
  }

  private static String join(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      if (part != null) {
        text.append(text.isEmpty() ? "" : "; ").append(part);
      }
    }
    return text.toString();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
