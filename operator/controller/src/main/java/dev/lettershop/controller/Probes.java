package dev.lettershop.controller;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSchedule;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.Namespaces;
import dev.lettershop.controller.health.ApiServerContact;
import dev.lettershop.controller.health.ExecutorPulse;
import dev.lettershop.controller.health.LivenessCheck;
import dev.lettershop.controller.health.NamespaceRights;
import dev.lettershop.controller.health.ReadinessCheck;
import dev.lettershop.controller.health.ServedKinds;
import dev.lettershop.controller.metrics.CampaignMetrics;
import dev.lettershop.controller.metrics.FailureMetrics;
import dev.lettershop.controller.metrics.Leadership;
import dev.lettershop.controller.metrics.TransportMetrics;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.workload.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** What Kubernetes and Prometheus ask the controller. */
@ApplicationScoped
public class Probes {

  void register(
      @Observes StartupEvent event,
      PrometheusMeterRegistry registry,
      ClusterCache cache,
      ReconcilerTools tools,
      Leadership leadership) {
    new CampaignMetrics(
            () -> cache.campaigns().all(),
            () -> cache.runs().all(),
            campaign -> scheduledSince(cache, campaign))
        .register(registry.getPrometheusRegistry());
    new TransportMetrics(() -> cache.transports().all()).register(registry.getPrometheusRegistry());
    leadership.register(registry.getPrometheusRegistry());
    new FailureMetrics(tools.failures()).register(registry.getPrometheusRegistry());
  }

  /** A CronJob is replaced when nothing missed is to be made up for; once is once. */
  private static Optional<String> scheduledSince(ClusterCache cache, Campaign campaign) {
    CampaignSchedule schedule = campaign.getSpec() == null ? null : campaign.getSpec().schedule();
    if (schedule != null && schedule.at() != null) {
      return Optional.of(campaign.getMetadata().getCreationTimestamp());
    }
    return cache
        .cronJobs()
        .get(campaign.getMetadata().getNamespace(), Names.cronJob(campaign))
        .map(cronJob -> cronJob.getMetadata().getCreationTimestamp());
  }

  /** Counts by kind, with no names of objects: their number has no bound. */
  @Produces
  @Singleton
  Metrics reconcilerMetrics(MeterRegistry registry) {
    return MicrometerMetrics.withoutPerResourceMetrics(registry);
  }

  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck liveness(Startup startup, ClusterCache cache, Operator operator, Clock clock) {
    ExecutorPulse pulse =
        new ExecutorPulse(
            () ->
                startup.waitsFor() == null
                    ? operator
                        .getConfigurationService()
                        .getExecutorServiceManager()
                        .reconcileExecutorService()
                    : null,
            clock);
    return new LivenessCheck(pulse, cache::stopped, clock);
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck readiness(
      Startup startup,
      ClusterCache cache,
      Namespaces namespaces,
      KubernetesClient client,
      Clock clock) {
    NamespaceRights rights =
        new NamespaceRights(
            namespaces.isAll() ? Collections.singleton(null) : namespaces.names(),
            startup::refusal,
            clock);
    return new ReadinessCheck(
        () -> unsynced(startup, cache, rights),
        new ApiServerContact(new ServedKinds(client), clock),
        clock);
  }

  private static List<String> unsynced(
      Startup startup, ClusterCache cache, NamespaceRights rights) {
    List<String> missing = new ArrayList<>(cache.notSynced());
    missing.addAll(cache.denied());
    missing.addAll(rights.missing());
    String waitsFor = startup.waitsFor();
    if (waitsFor != null) {
      missing.add(waitsFor);
    }
    return missing;
  }
}
