package dev.lettershop.resource;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
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
          "Model",
          "ProfileSource",
          "ProfileStore",
          "Segment");

  /** The type of each kind, core ones included. */
  static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.ofEntries(
          Map.entry("Campaign", Campaign.class),
          Map.entry("CampaignRun", CampaignRun.class),
          Map.entry("Collector", Collector.class),
          Map.entry("EmailTemplate", EmailTemplate.class),
          Map.entry("MailTransport", MailTransport.class),
          Map.entry("Model", Model.class),
          Map.entry("ProfileSource", ProfileSource.class),
          Map.entry("ProfileStore", ProfileStore.class),
          Map.entry("Segment", Segment.class),
          Map.entry("ConfigMap", ConfigMap.class),
          Map.entry("Secret", Secret.class));

  private Kinds() {}
}
