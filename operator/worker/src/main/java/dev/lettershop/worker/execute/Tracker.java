package dev.lettershop.worker.execute;

import dev.lettershop.delivery.message.HitLinks;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlannedLinks;
import dev.lettershop.store.hit.LinkTarget;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.template.link.RecordedLinks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the addresses in mails by which opens and clicks are recorded. Thread-safe. */
final class Tracker {
  private final Plan.Tracking tracking;
  private final PlannedLinks planned;
  private final HitLinks links;
  private final long runId;
  private final Map<String, Integer> variants = new HashMap<>();

  private Tracker(Plan plan, HitLinks links, long runId) {
    this.tracking = plan.tracking();
    this.planned = PlannedLinks.of(plan);
    this.links = links;
    this.runId = runId;
    plan.variants().forEach(variant -> variants.put(variant.name(), variants.size() + 1));
  }

  /**
   * Null when the plan records nothing.
   *
   * @param links null when the transport has no address for links
   */
  static Tracker of(Plan plan, HitLinks links, long runId) {
    return plan.tracking() == null || links == null ? null : new Tracker(plan, links, runId);
  }

  /** Where links in the run's mails lead. */
  static List<LinkTarget> targets(Plan plan) {
    return PlannedLinks.of(plan).all().stream()
        .map(link -> new LinkTarget(link.number(), link.template(), link.address()))
        .toList();
  }

  private record Recorded(int number, List<String> values) {}

  /** Those of one recipient. */
  RecordedLinks of(Recipient recipient, String template) {
    return new RecordedLinks() {
      /** The text part shows the links of the HTML again. */
      private final Map<Recorded, Optional<String>> signed = new HashMap<>();

      @Override
      public String click(int link, List<String> content, List<String> values) {
        int number = planned.number(template, link, content);
        return number < 0 || number > HitLinks.MOST_LINKS
            ? null
            : signed
                .computeIfAbsent(
                    new Recorded(number, values),
                    one -> links.click(runId, recipient.profileId(), number, values))
                .orElse(null);
      }

      @Override
      public String open() {
        if (!tracking.opens()) {
          return null;
        }
        int variant =
            recipient.variant() == null ? 0 : variants.getOrDefault(recipient.variant(), 0);
        return links.open(runId, recipient.measured() ? recipient.profileId() : 0, variant);
      }
    };
  }
}
