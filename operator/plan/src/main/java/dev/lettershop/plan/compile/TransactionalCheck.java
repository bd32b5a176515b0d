package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.CampaignTrigger;
import dev.lettershop.api.v1alpha1.campaign.Delivery;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.TemplateResult;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds campaigns without a topic to what transactional mail is: one person did something and waits
 * for it. So nothing keeps it from them, nothing is recorded of it, and nothing in it is
 * advertising.
 */
final class TransactionalCheck {
  private static final String NONE = "none";
  private static final String NEEDS_TOPIC = "remove it, or name a topic that people consent to";

  private final Findings findings;
  private final ResourceRef campaign;
  private final CampaignSpec spec;

  TransactionalCheck(Findings findings, ResourceRef campaign, CampaignSpec spec) {
    this.findings = findings;
    this.campaign = campaign;
    this.spec = spec;
  }

  /** Whether a campaign says that it is transactional. */
  static boolean applies(CampaignSpec spec) {
    return NONE.equals(spec.topic());
  }

  /** Templates that are shown in transactional mail, and in no other. */
  static Set<String> templates(ResourceSet resources) {
    Set<String> transactional = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (Campaign campaign : resources.campaigns().values()) {
      CampaignSpec spec = campaign.getSpec();
      if (spec != null) {
        Set<String> names = applies(spec) ? transactional : others;
        names.add(spec.content().templateRef().name());
        if (spec.experiment() != null) {
          spec.experiment().variants().stream()
              .filter(variant -> variant.templateRef() != null)
              .forEach(variant -> names.add(variant.templateRef().name()));
        }
      }
    }
    transactional.removeAll(others);
    return transactional;
  }

  /**
   * @param templates that the campaign uses, by name
   */
  void check(Map<String, TemplateResult> templates) {
    CampaignTrigger trigger = spec.schedule() == null ? null : spec.schedule().trigger();
    if (trigger == null || trigger.event() == null) {
      findings.error(
          campaign,
          "spec.topic",
          "is none, and nobody has done anything that the mail would be about",
          "set spec.schedule.trigger.event, or name a topic that people consent to");
    }
    if (spec.experiment() != null) {
      refused("spec.experiment", "somebody waits for the mail, which is not for comparing");
    }
    if (spec.tracking().opens() || spec.tracking().clicks()) {
      refused("spec.tracking", "nobody consents to what is recorded of a mail without a topic");
    }
    delivery(spec.delivery());
    templates.forEach(this::template);
  }

  private void delivery(Delivery delivery) {
    if (delivery.frequencyCap() != null) {
      refused(
          "spec.delivery.frequencyCap", "somebody waits for the mail, however many came before");
    }
    if (delivery.quietHours() != null) {
      refused("spec.delivery.quietHours", "somebody waits for the mail at any hour");
    }
    if (delivery.localTime() != null) {
      refused("spec.delivery.localTime", "somebody waits for the mail at any hour");
    }
  }

  private void refused(String field, String why) {
    findings.error(campaign, field, "is not for a topic of none: " + why, NEEDS_TOPIC);
  }

  private void template(String name, TemplateResult result) {
    if (result.offersUnsubscribing()) {
      findings.error(
          campaign,
          "spec.content.templateRef.name",
          "EmailTemplate/"
              + name
              + " shows {{links.unsubscribe}}, and with a topic of none there is nothing to"
              + " unsubscribe from",
          "remove the link there, or name a topic that people consent to");
    }
    if (result.recommends()) {
      findings.error(
          campaign,
          "spec.content.templateRef.name",
          "EmailTemplate/"
              + name
              + " shows recommendations, which are advertising and have no place in a mail with a"
              + " topic of none",
          "remove them there, or name a topic that people consent to");
    }
  }
}
