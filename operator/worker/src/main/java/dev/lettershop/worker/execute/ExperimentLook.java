package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.experiment.DecisionMetric;
import dev.lettershop.api.v1alpha1.experiment.ExperimentOutcome;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.experiment.NoWinner;
import dev.lettershop.api.v1alpha1.experiment.VariantAnswers;
import dev.lettershop.insight.experiment.AnswerTotals;
import dev.lettershop.insight.experiment.DecisionRule;
import dev.lettershop.insight.experiment.Finding;
import dev.lettershop.insight.experiment.Observation;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.Store;
import dev.lettershop.store.experiment.ExperimentState;
import dev.lettershop.store.experiment.ExperimentState.Answers;
import dev.lettershop.store.experiment.ExperimentState.PlannedLook;
import dev.lettershop.store.experiment.ExperimentState.TakenLook;
import dev.lettershop.store.experiment.Ruling;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.worker.PlanRules;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the experiment of a run, decides it when it can be decided, and says how it stands. */
final class ExperimentLook {
  private final Store store;

  ExperimentLook(Store store) {
    this.store = store;
  }

  /**
   * Takes the look that is due, if one is.
   *
   * @param plan the one that the run follows
   * @return how it stands; empty for a run of which nothing is to be decided
   */
  Optional<ExperimentStatus> take(Run run, Plan plan) {
    if (plan.decision() == null || run.purgedAt() != null) {
      return Optional.empty();
    }
    return store
        .experiments()
        .look(
            run, new PlanAudience(plan, new PlanRules(plan)).draw().build(), ExperimentLook::decide)
        .map(ExperimentLook::status);
  }

  /** What the last of the looks that were taken comes to; empty to go on. */
  static Optional<Ruling> decide(ExperimentState state) {
    List<Observation> looks = new ArrayList<>();
    for (TakenLook taken : state.taken()) {
      looks.add(
          new Observation(
              state.looks().get(taken.number() - 1).information(),
              taken.answers().stream().map(ExperimentLook::answers).toList()));
    }
    int last = state.taken().get(state.taken().size() - 1).number();
    return new DecisionRule(
            state.metric().equals(DecisionMetric.Revenue.name()),
            state.variants().stream().map(ExperimentState.Variant::weight).toList(),
            state.variants().stream().map(ExperimentState.Variant::people).toList(),
            state.confidence(),
            state.minimumPerVariant())
        .decide(looks, last == state.looks().size())
        .map(finding -> ruling(state, finding));
  }

  private static AnswerTotals answers(Answers answers) {
    return new AnswerTotals(answers.sent(), answers.answers(), answers.value(), answers.squares());
  }

  private static Ruling ruling(ExperimentState state, Finding finding) {
    String reason = finding.cause().name();
    if (finding.cause() == Finding.Cause.Beats) {
      return new Ruling(
          ExperimentOutcome.Winner.name(), reason, Ruling.Rest.One, name(state, finding), null);
    }
    String none = ExperimentOutcome.NoWinner.name();
    return switch (NoWinner.valueOf(state.noWinner())) {
      case Split -> new Ruling(none, reason, Ruling.Rest.Split, null, null);
      case Nobody -> new Ruling(none, reason, Ruling.Rest.Nobody, null, null);
      case First -> first(state, reason);
      case BestSoFar ->
          finding.variant() < 0
              ? first(state, reason)
              : new Ruling(
                  none,
                  reason,
                  Ruling.Rest.One,
                  name(state, finding),
                  Double.isNaN(finding.expectedLoss()) ? null : finding.expectedLoss());
    };
  }

  private static Ruling first(ExperimentState state, String reason) {
    return new Ruling(
        ExperimentOutcome.NoWinner.name(),
        reason,
        Ruling.Rest.One,
        state.variants().get(0).name(),
        null);
  }

  private static String name(ExperimentState state, Finding finding) {
    return state.variants().get(finding.variant()).name();
  }

  /** How an experiment stands, for people and the control plane. */
  static ExperimentStatus status(ExperimentState state) {
    Optional<PlannedLook> next = state.next();
    ExperimentState.Decision decision = state.decision();
    return new ExperimentStatus(
        decision == null
            ? ExperimentOutcome.Undecided
            : ExperimentOutcome.valueOf(decision.outcome()),
        decision == null ? null : decision.reason(),
        ExperimentText.of(state),
        decision == null ? null : decision.winner(),
        state.waiting(),
        state.looks().size(),
        next.map(PlannedLook::number).orElse(null),
        next.map(look -> look.at().truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null),
        variants(state));
  }

  private static List<VariantAnswers> variants(ExperimentState state) {
    if (state.taken().isEmpty()) {
      return List.of();
    }
    List<Answers> answers = state.taken().get(state.taken().size() - 1).answers();
    List<VariantAnswers> variants = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      variants.add(
          new VariantAnswers(
              state.variants().get(i).name(), answers.get(i).sent(), answers.get(i).answers()));
    }
    return variants;
  }
}
