package dev.lettershop.controller;

import dev.lettershop.controller.access.NamespaceAccess;
import dev.lettershop.controller.campaign.CampaignRuns;
import dev.lettershop.controller.campaign.TriggerDeployments;
import dev.lettershop.controller.campaignrun.RunJobs;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.Namespaces;
import dev.lettershop.controller.cluster.TolerantReader;
import dev.lettershop.controller.collector.CollectorObjects;
import dev.lettershop.controller.metrics.Leadership;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.workload.BouncesWorkload;
import dev.lettershop.controller.workload.CampaignWorkload;
import dev.lettershop.controller.workload.CollectorWorkload;
import dev.lettershop.controller.workload.ModelWorkload;
import dev.lettershop.controller.workload.RetentionWorkload;
import dev.lettershop.controller.workload.SegmentWorkload;
import dev.lettershop.controller.workload.SourceWorkload;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Hands Quarkus the plain classes that know nothing of it. */
@Singleton
public class ControllerBeans {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /** What a newer version has written is read as far as it can be. */
  @Produces
  @Singleton
  KubernetesClientObjectMapperCustomizer tolerantReading() {
    return mapper -> mapper.registerModule(new TolerantReader());
  }

  @Produces
  @Singleton
  ControlPlane controlPlane(KubernetesClient client, ControllerSettings settings, Clock clock) {
    return new ControlPlane(client, settings, clock);
  }

  @Produces
  @Singleton
  Namespaces namespaces(ControlPlane plane) {
    return plane.namespaces();
  }

  @Produces
  @Singleton
  ClusterCache cache(ControlPlane plane) {
    return plane.cache();
  }

  @Produces
  @Singleton
  NamespaceAccess access(ControlPlane plane) {
    return plane.access();
  }

  @Produces
  @Singleton
  ReconcilerTools tools(ControlPlane plane) {
    return plane.tools();
  }

  @Produces
  @Singleton
  CronWork cronWork(ControlPlane plane) {
    return plane.cronWork();
  }

  @Produces
  @Singleton
  ObstacleSearch obstacles(ControlPlane plane) {
    return plane.obstacles();
  }

  @Produces
  @Singleton
  CampaignWorkload campaignWorkload(ControlPlane plane) {
    return plane.campaignWorkload();
  }

  @Produces
  @Singleton
  BouncesWorkload bouncesWorkload(ControlPlane plane) {
    return plane.bouncesWorkload();
  }

  @Produces
  @Singleton
  SourceWorkload sourceWorkload(ControlPlane plane) {
    return plane.sourceWorkload();
  }

  @Produces
  @Singleton
  RetentionWorkload retentionWorkload(ControlPlane plane) {
    return plane.retentionWorkload();
  }

  @Produces
  @Singleton
  SegmentWorkload segmentWorkload(ControlPlane plane) {
    return plane.segmentWorkload();
  }

  @Produces
  @Singleton
  ModelWorkload modelWorkload(ControlPlane plane) {
    return plane.modelWorkload();
  }

  @Produces
  @Singleton
  CollectorWorkload collectorWorkload(ControlPlane plane) {
    return plane.collectorWorkload();
  }

  @Produces
  @Singleton
  CollectorObjects collectorObjects(ControlPlane plane) {
    return plane.collectorObjects();
  }

  @Produces
  @Singleton
  CampaignRuns campaignRuns(ControlPlane plane) {
    return plane.campaignRuns();
  }

  @Produces
  @Singleton
  TriggerDeployments triggerDeployments(ControlPlane plane) {
    return plane.triggerDeployments();
  }

  @Produces
  @Singleton
  RunJobs runJobs(ControlPlane plane) {
    return plane.runJobs();
  }

  @Produces
  @Singleton
  Leadership leadership() {
    return new Leadership();
  }

  @Produces
  @Singleton
  LeaseHandover handover(KubernetesClient client, ControllerSettings settings) {
    return new LeaseHandover(client, settings.leaderElection().lease());
  }

  /** None when replicas need not settle who acts. Who leads also keeps the workers' rights. */
  @Produces
  @Dependent
  LeaderElectionConfiguration leaderElection(
      ControllerSettings settings,
      KubernetesClient client,
      NamespaceAccess access,
      Leadership leadership,
      LeaseHandover handover) {
    ControllerSettings.LeaderElection wanted = settings.leaderElection();
    if (!wanted.enabled()) {
      leadership.won();
      return null;
    }
    return new LeaderElectionConfiguration(
        wanted.lease(),
        client.getNamespace(),
        LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
        LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
        LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
        handover.identity(),
        new LeaderCallbacks(
            () -> {
              leadership.won();
              access.start();
            },
            () -> {
              leadership.lost();
              access.close();
              if (handover.isEnding()) {
                handover.release();
              } else {
                // Kubernetes starts it again, as one who waits.
                Quarkus.asyncExit(1);
              }
            },
            leader -> {}),
        // The SDK would call System.exit, which at an orderly end waits for itself.
        false);
  }
}
