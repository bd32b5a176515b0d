package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.job.WorkerPlaces;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What sends a triggered campaign: Pods that never end. */
final class TriggeredWorkload {
  /** Value of the component's label, and the worker's command. */
  static final String COMMAND = "send-triggered";

  private static final String PROBES = "probes";

  /** What is being handed over is finished, and recorded. */
  private static final long GRACE_SECONDS = 120;

  private TriggeredWorkload() {}

  /** Empty for a campaign that nothing triggers. */
  static Optional<Deployment> deployment(
      WorkloadSettings settings, CampaignWorkload.Compiled compiled) {
    Campaign campaign = compiled.campaign();
    CampaignSpec spec = campaign.getSpec();
    if (spec.schedule() == null || spec.schedule().trigger() == null) {
      return Optional.empty();
    }
    Map<String, String> labels = labels(campaign);
    Map<String, String> selector = new TreeMap<>(labels);
    selector.keySet().retainAll(List.of(Labels.COMPONENT, Labels.CAMPAIGN));
    return Optional.of(
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace(campaign.getMetadata().getNamespace())
            .withName(Names.triggered(campaign))
            .withLabels(labels)
            .withOwnerReferences(Owner.controller(campaign))
            .endMetadata()
            .withNewSpec()
            .withReplicas(spec.suspend() ? 0 : spec.parallelism())
            // What a former ReplicaSet would start with is gone.
            .withRevisionHistoryLimit(0)
            .withNewSelector()
            .withMatchLabels(selector)
            .endSelector()
            // The new Pods send before the old ones stop.
            .withNewStrategy()
            .withType("RollingUpdate")
            .withNewRollingUpdate()
            .withMaxSurge(new IntOrString(1))
            .withMaxUnavailable(new IntOrString(0))
            .endRollingUpdate()
            .endStrategy()
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .addToAnnotations(Labels.PLAN, compiled.planConfigMap())
            .addToAnnotations(Labels.PLAN_HASH, compiled.plan().hash())
            .endMetadata()
            .withSpec(pod(settings, compiled))
            .endTemplate()
            .endSpec()
            .build());
  }

  private static Map<String, String> labels(Campaign campaign) {
    Map<String, String> labels = new TreeMap<>(Labels.running(campaign));
    labels.put(Labels.COMPONENT, COMMAND);
    return labels;
  }

  private static PodSpec pod(WorkloadSettings settings, CampaignWorkload.Compiled compiled) {
    WorkerPod.Parts parts =
        new WorkerPod.Parts(
            List.of(
                COMMAND,
                "--plan=" + WorkerPlaces.PLAN,
                "--secrets=" + WorkerPlaces.SECRETS,
                "--probe-port=" + WorkerPlaces.PROBE_PORT,
                "--termination-log=" + WorkerPlaces.TERMINATION_LOG),
            compiled.planConfigMap(),
            new SecretFiles()
                .add(compiled.plan().plan().store())
                .add(compiled.plan().plan().transport()),
            new SourceVolumes(List.of()),
            List.of(),
            List.of());
    return new PodSpecBuilder(
            new WorkerPod(settings).of(parts, compiled.campaign().getSpec().pod()))
        .withRestartPolicy("Always")
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .editFirstContainer()
        .addNewPort()
        .withName(PROBES)
        .withContainerPort(WorkerPlaces.PROBE_PORT)
        .withProtocol("TCP")
        .endPort()
        .withNewReadinessProbe()
        .withNewHttpGet()
        .withPath("/ready")
        .withPort(new IntOrString(PROBES))
        .endHttpGet()
        .withPeriodSeconds(5)
        .endReadinessProbe()
        .withNewLivenessProbe()
        .withNewHttpGet()
        .withPath("/live")
        .withPort(new IntOrString(PROBES))
        .endHttpGet()
        .withInitialDelaySeconds(30)
        .withPeriodSeconds(20)
        .withTimeoutSeconds(5)
        .endLivenessProbe()
        .endContainer()
        .build();
  }
}
