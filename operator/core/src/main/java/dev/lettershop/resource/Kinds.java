package dev.lettershop.resource;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;

/** The kinds that a set of resources may hold. */
final class Kinds {
  /** Names of our own kinds. */
  static final List<String> NAMES =
      List.of(
          "Campaign",
          "CampaignRun",
          "Collector",
          "EmailTemplate",
          "MailTransport",
          "ProfileSource",
          "ProfileStore",
          "Segment");

  /** The type of each kind, core ones included. */
  static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "Campaign", Campaign.class,
          "CampaignRun", CampaignRun.class,
          "Collector", Collector.class,
          "EmailTemplate", EmailTemplate.class,
          "MailTransport", MailTransport.class,
          "ProfileSource", ProfileSource.class,
          "ProfileStore", ProfileStore.class,
          "Segment", Segment.class,
          "ConfigMap", ConfigMap.class,
          "Secret", Secret.class);

  private Kinds() {}
}
