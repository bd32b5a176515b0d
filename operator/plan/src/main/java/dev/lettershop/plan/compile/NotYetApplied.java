package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.diagnostic.ResourceRef;

/** Says which fields of the API this version does not act on, so that nobody believes otherwise. */
final class NotYetApplied {
  private static final String MESSAGE = "is not applied by this version";
  private final Findings findings;

  NotYetApplied(Findings findings) {
    this.findings = findings;
  }

  void campaign(ResourceRef campaign, CampaignSpec spec) {
    if (spec.experiment() != null) {
      ignored(campaign, "spec.experiment.decision", spec.experiment().decision());
    }
  }

  private void ignored(ResourceRef resource, String field, Object value) {
    if (value != null) {
      findings.warning(resource, field, MESSAGE, "leave it for later versions, or remove it");
    }
  }
}
