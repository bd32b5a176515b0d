package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.Tracking;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.api.v1alpha1.transport.MailTransportSpec;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.Plan;
import java.util.List;
import java.util.Optional;

/** Compiles what a campaign records of those who get its mails. */
final class TrackingCompiler {
  private static final String CONSENT_TOPIC = "spec.tracking.consentTopic";

  private final Findings findings;
  private final ResourceRef campaign;
  private final CampaignSpec spec;
  private final LinkHosts hosts;

  TrackingCompiler(Findings findings, ResourceRef campaign, CampaignSpec spec, LinkHosts hosts) {
    this.hosts = hosts;
    this.findings = findings;
    this.campaign = campaign;
    this.spec = spec;
  }

  /**
   * Null when nothing is recorded.
   *
   * @param transport null when there is none
   */
  Plan.Tracking compile(StoreContext store, MailTransportSpec transport) {
    Tracking tracking = spec.tracking();
    if (tracking == null || !tracking.opens() && !tracking.clicks()) {
      return null;
    }
    if (transport != null && transport.links() == null) {
      findings.error(
          campaign,
          "spec.tracking",
          "opens and clicks are recorded by links, and MailTransport/"
              + spec.transportRef().name()
              + " has no address for them",
          "set spec.links there, or remove spec.tracking");
    }
    if (tracking.opens() && tracking.consentTopic() == null) {
      findings.warning(
          campaign,
          "spec.tracking.opens",
          "opens are counted for the whole run and of nobody by name, since no topic is the consent"
              + " to that",
          "declare a topic for it in the ProfileStore, and name it in " + CONSENT_TOPIC);
    }
    if (tracking.consentTopic() != null) {
      topic(store, tracking.consentTopic());
    }
    if (tracking.opens() && tracking.consentTopic() != null && transport != null) {
      hosts.consent(campaign, CONSENT_TOPIC, tracking.consentTopic(), transport);
    }
    return new Plan.Tracking(
        tracking.opens(), tracking.clicks(), tracking.opens() ? tracking.consentTopic() : null);
  }

  private void topic(StoreContext store, String name) {
    Optional<Topic> topic = store.topic(name);
    if (topic.isEmpty()) {
      List<String> known = store.store().getSpec().topics().stream().map(Topic::name).toList();
      findings.error(
          campaign,
          CONSENT_TOPIC,
          "ProfileStore/" + store.name() + " has no topic \"" + name + "\"",
          known.isEmpty() ? "declare it in spec.topics there" : DidYouMean.fix(name, known));
    } else if (name.equals(spec.topic())) {
      findings.error(
          campaign,
          CONSENT_TOPIC,
          "consent to the mails is not consent to recording who opens them",
          "name a topic of its own, or remove it to count opens of nobody by name");
    } else if (topic.get().optIn() == OptIn.Implied) {
      findings.error(
          campaign,
          CONSENT_TOPIC,
          "the topic \"" + name + "\" has optIn: Implied, so that nobody is asked",
          "set optIn: Single or Double there");
    }
  }
}
