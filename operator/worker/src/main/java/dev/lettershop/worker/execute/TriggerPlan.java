package dev.lettershop.worker.execute;

import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.trigger.AdmissionRequest;
import dev.lettershop.store.trigger.Trigger;
import dev.lettershop.store.trigger.TriggerTerms;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.RunException;
import java.time.Duration;

/** What the plan of a triggered campaign means to the store. Immutable. */
public final class TriggerPlan {
  private final PlanDocument document;
  private final Plan plan;
  private final Plan.Trigger trigger;
  private final PlanRules rules;

  /**
   * @throws RunException when nothing triggers the campaign, or a rule does not compile
   */
  public TriggerPlan(PlanDocument document) {
    this.document = document;
    this.plan = document.plan();
    this.trigger = plan.trigger();
    if (trigger == null) {
      throw RunException.configuration(
          "Campaign/" + plan.campaign() + " has no spec.schedule.trigger; set it, or use run");
    }
    this.rules = new PlanRules(plan);
  }

  Plan plan() {
    return plan;
  }

  public Trigger.Kind kind() {
    return trigger.event() == null ? Trigger.Kind.Segment : Trigger.Kind.Event;
  }

  /** Name of the event, or of the segment. */
  public String source() {
    return trigger.event() == null ? trigger.segment() : trigger.event();
  }

  public Duration delay() {
    return DurationText.parse(trigger.delay());
  }

  /** What is asked when somebody is due. */
  public AdmissionRequest request() {
    return new AdmissionRequest(
        new PlanAudience(plan, rules).request(false).build(),
        terms(),
        new AdmissionRequest.RunTerms(
            document.hash(),
            document.json(),
            plan.onUncertain(),
            CampaignSender.RETRIES.maxAttempts()));
  }

  /** Who of those that entered gets the mail. */
  public TriggerTerms terms() {
    Plan.Trigger.Unless unless = trigger.unless();
    return new TriggerTerms(
        trigger.when() == null
            ? null
            : trigger.event() == null
                ? rules.compile(trigger.when())
                : rules.compileAboutEvent(trigger.event(), trigger.when()),
        delay(),
        unless == null
            ? null
            : new TriggerTerms.Unless(
                unless.event(),
                unless.matching(),
                DurationText.parse(unless.since()),
                unless.sources()),
        new TriggerTerms.Reentry(trigger.atMost(), DurationText.parse(trigger.per()), trigger.by()),
        trigger.restart(),
        DurationText.parse(trigger.startingDeadline()));
  }
}
