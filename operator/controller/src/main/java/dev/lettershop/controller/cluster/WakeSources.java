package dev.lettershop.controller.cluster;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.diagnostic.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bell of each reconciler, by the kind that it reconciles. */
public final class WakeSources {
  private final Map<String, WakeSource<?>> sources = new HashMap<>();

  public WakeSources() {
    for (Class<?> kind :
        List.of(
            Campaign.class,
            CampaignRun.class,
            Collector.class,
            EmailTemplate.class,
            MailTransport.class,
            Model.class,
            ProfileSource.class,
            ProfileStore.class,
            Segment.class)) {
      sources.put(kind.getSimpleName(), new WakeSource<>());
    }
  }

  /** The event source that a reconciler of a kind has to have. */
  @SuppressWarnings("unchecked")
  public <P extends HasMetadata> WakeSource<P> of(Class<P> kind) {
    return (WakeSource<P>) sources.get(kind.getSimpleName());
  }

  /** Has a resource reconciled soon. Does nothing when there is no such resource. */
  public void wake(String namespace, ResourceRef resource) {
    sources.get(resource.kind()).wake(namespace, resource.name());
  }
}
