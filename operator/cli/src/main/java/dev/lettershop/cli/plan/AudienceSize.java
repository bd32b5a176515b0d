package dev.lettershop.cli.plan;

import dev.lettershop.api.v1alpha1.campaign.Audience;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.cli.output.RuleSegment;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.task.SegmentStudy;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How many people the segments of a campaign's audience hold by their rules at this moment,
 * whatever a refresh has recorded. Consent, suppression and caps come later: they are a run's.
 */
final class AudienceSize {
  private AudienceSize() {}

  /**
   * @return empty when the campaign does not exist, a trigger chooses its people, or it does not
   *     compile
   */
  static OptionalLong of(ResourceSet resources, String campaign, Secrets secrets) {
    Campaign found = resources.campaigns().get(campaign);
    if (found == null || found.getSpec() == null || found.getSpec().audience() == null) {
      return OptionalLong.empty();
    }
    Audience audience = found.getSpec().audience();
    if (audience.include().isEmpty()) {
      return OptionalLong.empty();
    }
    SegmentPlan plan =
        RuleSegment.compile(resources, rule(audience), found.getSpec().storeRef().name()).value();
    return plan == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            new SegmentStudy(plan, secrets, Clock.systemUTC()).difference(plan.namespace()).size());
  }

  /** In one of these and in none of those. */
  private static String rule(Audience audience) {
    String included = "(" + members(audience.include()) + ")";
    return audience.exclude().isEmpty()
        ? included
        : included + " && !(" + members(audience.exclude()) + ")";
  }

  private static String members(List<String> segments) {
    return segments.stream()
        .map(name -> "inSegment(\"" + name + "\")")
        .collect(Collectors.joining(" || "));
  }
}
