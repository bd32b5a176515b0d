package dev.lettershop.controller;

import dev.lettershop.controller.access.EndingNamespaces;
import dev.lettershop.controller.access.NamespaceAccess;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.apply.OwnWrites;
import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.campaign.CampaignRuns;
import dev.lettershop.controller.campaign.TriggerDeployments;
import dev.lettershop.controller.campaignrun.RunJobs;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.Dependents;
import dev.lettershop.controller.cluster.Namespaces;
import dev.lettershop.controller.cluster.WakeSources;
import dev.lettershop.controller.cluster.Wiring;
import dev.lettershop.controller.collector.CollectorObjects;
import dev.lettershop.controller.compile.Compilers;
import dev.lettershop.controller.event.Events;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.Failures;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PlanMaps;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.StatusWriter;
import dev.lettershop.controller.workload.BouncesWorkload;
import dev.lettershop.controller.workload.CampaignWorkload;
import dev.lettershop.controller.workload.CollectorWorkload;
import dev.lettershop.controller.workload.ModelWorkload;
import dev.lettershop.controller.workload.RetentionWorkload;
import dev.lettershop.controller.workload.SegmentWorkload;
import dev.lettershop.controller.workload.SourceWorkload;
import dev.lettershop.controller.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;

/**
 * All that reconcilers work with, put together once and without Quarkus: the application and the
 * tests of whole flows use the same. Nothing has started yet when it is made.
 */
public final class ControlPlane {
  private final Namespaces namespaces;
  private final ClusterCache cache;
  private final NamespaceAccess access;
  private final ReconcilerTools tools;
  private final CronWork cronWork;
  private final ObstacleSearch obstacles;
  private final CampaignWorkload campaignWorkload;
  private final SourceWorkload sourceWorkload;
  private final BouncesWorkload bouncesWorkload;
  private final SegmentWorkload segmentWorkload;
  private final ModelWorkload modelWorkload;
  private final RetentionWorkload retentionWorkload;
  private final CollectorWorkload collectorWorkload;
  private final CollectorObjects collectorObjects;
  private final CampaignRuns campaignRuns;
  private final TriggerDeployments triggerDeployments;
  private final RunJobs runJobs;

  public ControlPlane(KubernetesClient client, ControllerSettings settings, Clock clock) {
    namespaces = Namespaces.of(settings.watchNamespaces().orElse(null), client.getNamespace());
    cache = new ClusterCache(client, namespaces);
    Dependents dependents = new Dependents();
    WakeSources wakes = new WakeSources();
    Compilers compilers = new Compilers(cache);
    OwnWrites written = new OwnWrites();
    Wiring.connect(cache, dependents, wakes, written::isOwn, compilers::changed);

    Applier applier = new Applier(client, written);
    Remover remover = new Remover(client);
    access = new NamespaceAccess(cache, applier, remover);
    new EndingNamespaces(cache, remover, namespace -> isEnding(client, namespace));
    tools =
        new ReconcilerTools(
            cache,
            dependents,
            wakes,
            compilers,
            new StatusWriter(client),
            new Events(client, clock),
            new Failures(),
            clock,
            settings.referenceGrace());
    cronWork = new CronWork(cache, applier, remover, new PlanMaps(remover, cache), tools);
    obstacles = new ObstacleSearch(client);

    WorkloadSettings workloads =
        WorkloadSettings.of(settings.worker().image())
            .pulled(
                settings.worker().imagePullPolicy(),
                settings.worker().imagePullSecrets().orElse(List.of()));
    campaignWorkload = new CampaignWorkload(workloads);
    sourceWorkload = new SourceWorkload(workloads);
    bouncesWorkload = new BouncesWorkload(workloads);
    segmentWorkload = new SegmentWorkload(workloads);
    modelWorkload = new ModelWorkload(workloads);
    retentionWorkload = new RetentionWorkload(workloads);
    collectorWorkload =
        new CollectorWorkload(
            workloads.withImage(settings.collector().image()),
            settings.collector().apiServerPorts());
    collectorObjects = new CollectorObjects(client, cache, applier, remover, tools);
    campaignRuns = new CampaignRuns(cache, applier, remover, tools);
    triggerDeployments = new TriggerDeployments(cache, applier, remover, tools, obstacles);
    runJobs = new RunJobs(tools, applier, remover, cronWork, campaignWorkload, client);
  }

  private static boolean isEnding(KubernetesClient client, String namespace) {
    Namespace found = client.namespaces().withName(namespace).get();
    return found != null && found.isMarkedForDeletion();
  }

  public Namespaces namespaces() {
    return namespaces;
  }

  public ClusterCache cache() {
    return cache;
  }

  public NamespaceAccess access() {
    return access;
  }

  public ReconcilerTools tools() {
    return tools;
  }

  public CronWork cronWork() {
    return cronWork;
  }

  public ObstacleSearch obstacles() {
    return obstacles;
  }

  public CampaignWorkload campaignWorkload() {
    return campaignWorkload;
  }

  public BouncesWorkload bouncesWorkload() {
    return bouncesWorkload;
  }

  public SourceWorkload sourceWorkload() {
    return sourceWorkload;
  }

  public RetentionWorkload retentionWorkload() {
    return retentionWorkload;
  }

  public ModelWorkload modelWorkload() {
    return modelWorkload;
  }

  public SegmentWorkload segmentWorkload() {
    return segmentWorkload;
  }

  public CollectorWorkload collectorWorkload() {
    return collectorWorkload;
  }

  public CollectorObjects collectorObjects() {
    return collectorObjects;
  }

  public CampaignRuns campaignRuns() {
    return campaignRuns;
  }

  public TriggerDeployments triggerDeployments() {
    return triggerDeployments;
  }

  public RunJobs runJobs() {
    return runJobs;
  }
}
