package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.collector.CollectorAutoscaling;
import dev.lettershop.api.v1alpha1.collector.CollectorSpec;
import dev.lettershop.plan.CollectorPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that a Collector is made of, but for its plan. */
public final class CollectorWorkload {
  /** Name of the port that the public is let to. */
  static final String HTTP = "http";

  private static final int SERVICE_PORT = 80;

  private final CollectorPod pods;
  private final List<Integer> apiServerPorts;

  /**
   * @param settings with the collector's image
   * @param apiServerPorts where Pods reach the API server
   */
  public CollectorWorkload(WorkloadSettings settings, List<Integer> apiServerPorts) {
    this.pods = new CollectorPod(settings);
    this.apiServerPorts = List.copyOf(apiServerPorts);
  }

  /**
   * A Collector that was planned.
   *
   * @param planConfigMap name of the ConfigMap with the plan
   * @param planHash {@code sha256:} and 64 hexadecimal digits
   */
  public record Compiled(
      Collector collector, CollectorPlan plan, String planConfigMap, String planHash) {}

  /** In the order in which they are best made. */
  public List<HasMetadata> objects(Compiled compiled) {
    Collector collector = compiled.collector();
    CollectorSpec spec = collector.getSpec();
    ObjectMeta meta = meta(collector);
    CollectorNetwork network = new CollectorNetwork(collector, meta, selector(collector));
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(network.policy(compiled.plan(), apiServerPorts));
    objects.add(service(collector, meta));
    objects.add(deployment(compiled, meta));
    if (leastReplicas(spec) > 1) {
      objects.add(budget(collector, meta));
    }
    if (spec.autoscaling() != null) {
      objects.add(autoscaler(spec.autoscaling(), meta));
    }
    if (spec.ingress() != null) {
      objects.add(network.ingress());
    }
    if (spec.httpRoute() != null) {
      objects.add(network.route());
    }
    return objects;
  }

  private static int leastReplicas(CollectorSpec spec) {
    return spec.autoscaling() == null ? replicas(spec) : spec.autoscaling().minReplicas();
  }

  private static int replicas(CollectorSpec spec) {
    return spec.replicas() == null ? CollectorSpec.DEFAULT_REPLICAS : spec.replicas();
  }

  private static ObjectMeta meta(Collector collector) {
    return new ObjectMetaBuilder()
        .withNamespace(collector.getMetadata().getNamespace())
        .withName(Names.collector(collector))
        .withLabels(Labels.running(collector))
        .withOwnerReferences(Owner.controller(collector))
        .build();
  }

  /** What tells its Pods from all others; never changes, for selectors of Deployments cannot. */
  private static Map<String, String> selector(Collector collector) {
    Map<String, String> labels = new TreeMap<>(Labels.running(collector));
    labels.keySet().retainAll(Set.of(Labels.COMPONENT, Labels.COLLECTOR));
    return labels;
  }

  private static Service service(Collector collector, ObjectMeta meta) {
    return new ServiceBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withSelector(selector(collector))
        .addNewPort()
        .withName(HTTP)
        .withPort(SERVICE_PORT)
        .withTargetPort(new IntOrString(HTTP))
        .withProtocol("TCP")
        .withAppProtocol("http")
        .endPort()
        .endSpec()
        .build();
  }

  private Deployment deployment(Compiled compiled, ObjectMeta meta) {
    Collector collector = compiled.collector();
    CollectorSpec spec = collector.getSpec();
    PodSpec pod =
        pods.of(compiled.plan(), compiled.planConfigMap(), spec.pod(), selector(collector));
    return new DeploymentBuilder()
        .withMetadata(meta)
        .withNewSpec()
        // With an autoscaler, it decides.
        .withReplicas(spec.autoscaling() == null ? replicas(spec) : null)
        // What a former ReplicaSet would start with is gone.
        .withRevisionHistoryLimit(0)
        .withNewSelector()
        .withMatchLabels(selector(collector))
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxSurge(new IntOrString(1))
        .withMaxUnavailable(new IntOrString(0))
        .endRollingUpdate()
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(meta.getLabels())
        .addToAnnotations(Labels.PLAN, compiled.planConfigMap())
        .addToAnnotations(Labels.PLAN_HASH, compiled.planHash())
        .endMetadata()
        .withSpec(pod)
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodDisruptionBudget budget(Collector collector, ObjectMeta meta) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withNewSelector()
        .withMatchLabels(selector(collector))
        .endSelector()
        // A Pod that does not answer must not keep a node from being drained.
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .endSpec()
        .build();
  }

  private static HorizontalPodAutoscaler autoscaler(CollectorAutoscaling wish, ObjectMeta meta) {
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withNewScaleTargetRef("apps/v1", "Deployment", meta.getName())
        .withMinReplicas(wish.minReplicas())
        .withMaxReplicas(wish.maxReplicas())
        .addNewMetric()
        .withType("Resource")
        .withNewResource()
        .withName("cpu")
        .withNewTarget()
        .withType("Utilization")
        .withAverageUtilization(wish.cpuPercent())
        .endTarget()
        .endResource()
        .endMetric()
        .endSpec()
        .build();
  }
}
