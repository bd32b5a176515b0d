package dev.lettershop.controller;

import dev.lettershop.controller.access.NamespaceAccess;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.Dependents;
import dev.lettershop.controller.cluster.Namespaces;
import dev.lettershop.controller.cluster.Wakes;
import dev.lettershop.controller.cluster.Wiring;
import dev.lettershop.controller.compile.Compilers;
import dev.lettershop.controller.event.Events;
import dev.lettershop.controller.status.StatusWriter;
import dev.lettershop.controller.workload.CampaignWorkload;
import dev.lettershop.controller.workload.SegmentWorkload;
import dev.lettershop.controller.workload.SourceWorkload;
import dev.lettershop.controller.workload.WorkloadSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the plain classes together that know nothing of Quarkus. */
@Singleton
public class Beans {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Namespaces namespaces(ControllerSettings settings, KubernetesClient client) {
    return Namespaces.of(settings.watchNamespaces().orElse(null), client.getNamespace());
  }

  @Produces
  @Singleton
  Dependents dependents() {
    return new Dependents();
  }

  @Produces
  @Singleton
  Wakes wakes() {
    return new Wakes();
  }

  @Produces
  @Singleton
  ClusterCache cache(KubernetesClient client, Namespaces namespaces) {
    return new ClusterCache(client, namespaces);
  }

  @Produces
  @Singleton
  Compilers compilers(ClusterCache cache, Dependents dependents, Wakes wakes) {
    Compilers compilers = new Compilers(cache);
    Wiring.connect(cache, dependents, wakes, compilers::changed);
    return compilers;
  }

  @Produces
  @Singleton
  Applier applier(KubernetesClient client) {
    return new Applier(client);
  }

  @Produces
  @Singleton
  NamespaceAccess access(ClusterCache cache, Applier applier, KubernetesClient client) {
    return new NamespaceAccess(cache, applier, client);
  }

  @Produces
  @Singleton
  StatusWriter statusWriter(KubernetesClient client) {
    return new StatusWriter(client);
  }

  @Produces
  @Singleton
  Events events(KubernetesClient client, Clock clock) {
    return new Events(client, clock);
  }

  @Produces
  @Singleton
  WorkloadSettings workloadSettings(ControllerSettings settings) {
    return WorkloadSettings.of(settings.worker().image());
  }

  @Produces
  @Singleton
  CampaignWorkload campaignWorkload(WorkloadSettings settings) {
    return new CampaignWorkload(settings);
  }

  @Produces
  @Singleton
  SourceWorkload sourceWorkload(WorkloadSettings settings) {
    return new SourceWorkload(settings);
  }

  @Produces
  @Singleton
  SegmentWorkload segmentWorkload(WorkloadSettings settings) {
    return new SegmentWorkload(settings);
  }

  /** Nobody when replicas need not settle who acts. */
  @Produces
  @Dependent
  LeaderElectionConfiguration leaderElection(ControllerSettings settings, KubernetesClient client) {
    return settings.leaderElection().enabled()
        ? new LeaderElectionConfiguration(settings.leaderElection().lease(), client.getNamespace())
        : null;
  }
}
