package dev.lettershop.cli.plan;

import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.trigger.Triggers;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreOpening;
import dev.lettershop.worker.execute.TriggerPlan;
import java.time.Duration;
import java.util.Optional;

/**
 * How many people wait for a triggered campaign, and what a change of its delay does to them.
 *
 * @param waiting people who are not decided about
 * @param atOnce how many of them the change makes due at once who would not be so without it
 */
record TriggeredWaiting(long waiting, long atOnce) {

  /**
   * Asks the store, and changes nothing there.
   *
   * @return empty when nothing triggers the campaign then, or it does not compile
   */
  static Optional<TriggeredWaiting> of(
      ResourceSet before, ResourceSet after, String campaign, Secrets secrets) {
    Optional<PlanDocument> plan = triggered(after, campaign);
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> old = triggered(before, campaign).map(TriggeredWaiting::delay);
    String namespace = plan.get().plan().namespace();
    try (StoreOpening opening = StoreOpening.of(plan.get().plan().store(), secrets)) {
      Triggers triggers = opening.store().triggers();
      Triggers.Waiting then = triggers.waiting(namespace, campaign, delay(plan.get()));
      long dueBefore =
          old.map(delay -> triggers.waiting(namespace, campaign, delay).due()).orElse(0L);
      return Optional.of(new TriggeredWaiting(then.waiting(), Math.max(0, then.due() - dueBefore)));
    }
  }

  private static Duration delay(PlanDocument plan) {
    return new TriggerPlan(plan).delay();
  }

  private static Optional<PlanDocument> triggered(ResourceSet resources, String campaign) {
    if (!resources.campaigns().containsKey(campaign)) {
      return Optional.empty();
    }
    Compiled<PlanDocument> compiled = new PlanCompiler(resources).campaign(campaign);
    return Optional.ofNullable(compiled.value()).filter(plan -> plan.plan().trigger() != null);
  }
}
