package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.campaign.CampaignGoal;
import dev.lettershop.api.v1alpha1.experiment.ExperimentDecision;
import dev.lettershop.insight.experiment.LookSchedule;
import dev.lettershop.plan.Plan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.audience.Comparison;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.audience.GoalTerms;
import dev.lettershop.worker.PlanRules;
import java.time.LocalTime;
import java.util.List;

/** Whom a plan mails, and which of them gets what: as the store is asked for it. */
final class PlanAudience {
  private static final int EVERYBODY = 100;

  private final Plan plan;
  private final PlanRules rules;

  PlanAudience(Plan plan, PlanRules rules) {
    this.plan = plan;
    this.rules = rules;
  }

  /**
   * Who is mailed when the audience is chosen.
   *
   * @param decides whether an experiment is decided: not in a dry run or a test
   */
  FreezeRequest.Builder request(boolean decides) {
    return draw()
        .include(rules.segments(plan.audience().include()))
        .exclude(rules.segments(plan.audience().exclude()))
        .maxRecipients(plan.maxRecipients())
        .opensTopic(plan.tracking() == null ? null : plan.tracking().opensTopic())
        .links(Tracker.targets(plan))
        .comparison(decides ? comparison() : null);
  }

  /** Who gets which variant when, and who none; asks for nobody. */
  FreezeRequest.Builder draw() {
    return FreezeRequest.builder(plan.store().schema())
        .topic(plan.topic())
        .optIn(plan.optIn())
        .experiment(plan.namespace() + "/" + plan.campaign())
        .variants(plan.variants().stream().map(PlanAudience::weight).toList())
        .holdoutPercent(plan.holdoutPercent())
        .controlPercent(plan.isTransactional() ? 0 : plan.store().controlPercent())
        .politeness(new PlanPace(plan).politeness())
        .goal(goal());
  }

  private static FreezeRequest.VariantWeight weight(Plan.Variant variant) {
    return new FreezeRequest.VariantWeight(
        variant.name(),
        variant.weight(),
        variant.localTime() == null ? null : LocalTime.parse(variant.localTime()));
  }

  private GoalTerms goal() {
    CampaignGoal goal = plan.goal();
    return goal == null
        ? null
        : new GoalTerms(goal.event(), DurationText.parse(goal.within()), goal.value());
  }

  /** Null when nothing is to be decided. */
  private Comparison comparison() {
    ExperimentDecision decision = plan.decision();
    if (decision == null || plan.variants().isEmpty()) {
      return null;
    }
    List<Comparison.Look> looks =
        LookSchedule.of(
                DurationText.parse(decision.earliest()),
                DurationText.parse(decision.latest()),
                decision.looks())
            .stream()
            .map(look -> new Comparison.Look(look.after(), look.information()))
            .toList();
    return new Comparison(
        plan.testPercent() == null ? EVERYBODY : plan.testPercent(),
        decision.metric().name(),
        Double.parseDouble(decision.confidence()),
        decision.minimumPerVariant(),
        decision.noWinner().name(),
        looks);
  }
}
