package dev.lettershop.worker.execute;

import dev.lettershop.api.v1alpha1.campaign.FrequencyCap;
import dev.lettershop.api.v1alpha1.campaign.QuietHours;
import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.delivery.pipeline.DeliveryOptions;
import dev.lettershop.delivery.policy.SendingTerms;
import dev.lettershop.plan.Plan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.ledger.Shard;
import dev.lettershop.store.pace.ContactPolicy;
import dev.lettershop.store.pace.RateLimit;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** When and how fast a plan's mails go out. */
final class PlanPace {
  private static final int DEFAULT_PRIORITY = 50;
  private static final String DEFAULT_ZONE = "UTC";

  /** Whoever is claimed should have mail within so many seconds. */
  private static final int CLAIM_SECONDS = 2;

  private static final int LEAST_CLAIM = 10;

  private final Plan plan;
  private final Plan.Delivery delivery;

  PlanPace(Plan plan) {
    this.plan = plan;
    this.delivery = plan.pace();
  }

  private int priority() {
    return delivery.priority() == null ? DEFAULT_PRIORITY : delivery.priority();
  }

  /** For deciding the audience. */
  ContactPolicy politeness() {
    FrequencyCap cap = delivery.frequencyCap();
    QuietHours quiet = delivery.quietHours();
    return new ContactPolicy(
        priority(),
        cap == null ? null : new ContactPolicy.Cap(cap.messages(), DurationText.parse(cap.per())),
        quiet == null
            ? null
            : new ContactPolicy.Quiet(LocalTime.parse(quiet.from()), LocalTime.parse(quiet.to())),
        delivery.localTime() == null ? null : LocalTime.parse(delivery.localTime()),
        delivery.timeZone() == null ? DEFAULT_ZONE : delivery.timeZone());
  }

  /** For all who send, whatever their shard: the store keeps the count. */
  SendingTerms terms() {
    String transport = plan.namespace() + "/" + plan.transport().name();
    List<RateLimit> limits = new ArrayList<>();
    if (delivery.ratePerSecond() != null) {
      limits.add(
          new RateLimit(
              "campaign/" + plan.namespace() + "/" + plan.campaign(), delivery.ratePerSecond()));
    }
    if (plan.transport().ratePerSecond() != null) {
      limits.add(new RateLimit("transport/" + transport, plan.transport().ratePerSecond()));
    }
    return new SendingTerms(transport, limits, priority());
  }

  DeliveryOptions options(Shard shard) {
    DeliveryOptions options =
        DeliveryOptions.standard()
            .withConnections(plan.transport().smtp().connections())
            .withRetries(CampaignSender.RETRIES)
            .withPerDomain(perDomain(shard))
            .withResendUncertain(plan.onUncertain() == UncertainPolicy.Resend);
    int slowest =
        terms().limits().stream().mapToInt(RateLimit::perSecond).min().orElse(Integer.MAX_VALUE);
    long claim = Math.max(LEAST_CLAIM, (long) CLAIM_SECONDS * slowest);
    return claim < options.claim() ? options.withClaim((int) claim) : options;
  }

  /** A shard's part, at least one. */
  private int perDomain(Shard shard) {
    return delivery.perDomain() == null
        ? 0
        : Math.max(1, Math.floorDiv(delivery.perDomain(), shard.count()));
  }
}
