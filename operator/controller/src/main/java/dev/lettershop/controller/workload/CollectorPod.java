package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.common.PodSettings;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.CollectorPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Pod of a Collector. One container does everything; two, when the Collector has a database
 * user of its own: what the public reaches then holds no credentials of the store.
 */
final class CollectorPod {
  /** Name of the port with health and metrics. */
  static final String MANAGEMENT = "management";

  /** The same of the container that only maps. */
  static final String MAPPING_MANAGEMENT = "mapping";

  private static final int HTTP_PORT = 8080;
  private static final int MANAGEMENT_PORT = 9000;
  private static final int MAPPING_PORT = 9001;
  private static final String SPOOL_VOLUME = "spool";

  /** Requests under way, what is in the queue, and the time that proxies take to notice. */
  private static final long GRACE_SECONDS = 45;

  private static final long STARTS_WITHIN_SECONDS = 120;

  private final WorkerPod pods;

  CollectorPod(WorkloadSettings settings) {
    this.pods = new WorkerPod(settings);
  }

  /**
   * @param own of the Collector, or null
   * @param selector labels of its Pods
   */
  PodSpec of(
      CollectorPlan plan, String planConfigMap, PodSettings own, Map<String, String> selector) {
    SecretFiles web = new SecretFiles().addForRequests(plan);
    SecretFiles mapping = new SecretFiles().addForMapping(plan);
    SecretFiles all = new SecretFiles().addForRequests(plan).addForMapping(plan);
    PodSpec shared =
        pods.of(
            new WorkerPod.Parts(
                List.of(), planConfigMap, all, new SourceVolumes(List.of()), List.of(), List.of()),
            own);
    Container frame = shared.getContainers().get(0);
    List<Container> containers = new ArrayList<>();
    if (plan.credentialsSecretRef() == null) {
      containers.add(web(frame, "collector", List.of(), mounts(frame, all)));
    } else {
      containers.add(web(frame, "web", List.of("--only", "Web"), mounts(frame, web)));
      containers.add(mapping(frame, mounts(frame, mapping)));
    }
    return new PodSpecBuilder(shared)
        .withRestartPolicy("Always")
        .withServiceAccountName(
            own == null || own.serviceAccountName() == null
                ? CollectorAccess.NAME
                : own.serviceAccountName())
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withTopologySpreadConstraints(
            new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withLabelSelector(new LabelSelectorBuilder().withMatchLabels(selector).build())
                .build())
        .withContainers(containers)
        .addToVolumes(spool(plan))
        .build();
  }

  private static Container web(
      Container frame, String name, List<String> only, List<VolumeMount> mounts) {
    List<VolumeMount> withSpool = new ArrayList<>(mounts);
    withSpool.add(
        new VolumeMountBuilder()
            .withName(SPOOL_VOLUME)
            .withMountPath(WorkerPlaces.COLLECTOR_SPOOL)
            .build());
    return container(frame, name, only, withSpool, MANAGEMENT, MANAGEMENT_PORT)
        .addToArgs("--spool", WorkerPlaces.COLLECTOR_SPOOL)
        .addToPorts(
            0,
            new ContainerPortBuilder()
                .withName(CollectorWorkload.HTTP)
                .withContainerPort(HTTP_PORT)
                .build())
        .withReadinessProbe(probe(MANAGEMENT, "ready").withPeriodSeconds(5).build())
        .build();
  }

  private static Container mapping(Container frame, List<VolumeMount> mounts) {
    return container(
            frame,
            "mapping",
            List.of("--only", "Mapping"),
            mounts,
            MAPPING_MANAGEMENT,
            MAPPING_PORT)
        .addToEnv(
            new EnvVarBuilder()
                .withName("QUARKUS_MANAGEMENT_PORT")
                .withValue(Integer.toString(MAPPING_PORT))
                .build())
        .build();
  }

  private static ContainerBuilder container(
      Container frame,
      String name,
      List<String> only,
      List<VolumeMount> mounts,
      String portName,
      int port) {
    List<String> args = new ArrayList<>(only);
    args.addAll(List.of("--plan", WorkerPlaces.COLLECTOR_PLAN, "--secrets", WorkerPlaces.SECRETS));
    return new ContainerBuilder(frame)
        .withName(name)
        .withArgs(args)
        .withEnv(environment(frame))
        .withVolumeMounts(mounts)
        .withPorts(new ContainerPortBuilder().withName(portName).withContainerPort(port).build())
        .withStartupProbe(
            probe(portName, "started")
                .withPeriodSeconds(1)
                .withFailureThreshold((int) STARTS_WITHIN_SECONDS)
                .build())
        .withLivenessProbe(
            probe(portName, "live").withPeriodSeconds(10).withFailureThreshold(6).build());
  }

  private static ProbeBuilder probe(String port, String what) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/q/health/" + what)
        .withPort(new IntOrString(port))
        .endHttpGet()
        .withTimeoutSeconds(5);
  }

  /** It belongs to no Job. */
  private static List<EnvVar> environment(Container frame) {
    return frame.getEnv().stream()
        .filter(variable -> !variable.getName().equals(WorkerPlaces.RUN_NAME))
        .toList();
  }

  /** Of the Secrets of the Pod, those that a container needs; and all that are none. */
  private static List<VolumeMount> mounts(Container frame, SecretFiles needed) {
    Map<String, VolumeMount> mounts = new TreeMap<>();
    frame.getVolumeMounts().stream()
        .filter(mount -> !mount.getMountPath().startsWith(WorkerPlaces.SECRETS + "/"))
        .forEach(mount -> mounts.put(mount.getMountPath(), mount));
    needed.mounts().forEach(mount -> mounts.put(mount.getMountPath(), mount));
    return List.copyOf(mounts.values());
  }

  /** Larger than the collector fills it: a Pod that fills more is put away, with what it holds. */
  private static Volume spool(CollectorPlan plan) {
    long most = plan.spoolBytes() + CollectorPlan.LINK_BYTES;
    return new VolumeBuilder()
        .withName(SPOOL_VOLUME)
        .withNewEmptyDir()
        .withSizeLimit(new Quantity(Long.toString(most + most / 4)))
        .endEmptyDir()
        .build();
  }
}
