package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.common.PodSettings;
import dev.lettershop.job.WorkerPlaces;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** The Pod of a worker, which the restricted Pod Security Standard admits. */
final class WorkerPod {
  /** Name of the only container. */
  static final String CONTAINER = "worker";

  private static final String PLAN_VOLUME = "plan";
  private static final String TMP_VOLUME = "tmp";
  private static final PodSettings NO_SETTINGS = new PodSettings(null, null, null, null, null);

  private final WorkloadSettings settings;

  WorkerPod(WorkloadSettings settings) {
    this.settings = settings;
  }

  /** What differs between workers. */
  record Parts(
      List<String> args,
      String planConfigMap,
      SecretFiles secrets,
      SourceVolumes sources,
      List<Volume> volumes,
      List<VolumeMount> mounts) {}

  /**
   * @param own of the campaign, or null
   */
  PodSpec of(Parts parts, PodSettings own) {
    PodSettings given = own == null ? NO_SETTINGS : own;
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withServiceAccountName(
            given.serviceAccountName() == null ? WorkerAccess.NAME : given.serviceAccountName())
        // The worker writes status, the account by itself gives no token to anybody.
        .withAutomountServiceAccountToken(true)
        // A Service named lettershop-… would otherwise put variables among ours.
        .withEnableServiceLinks(false)
        .withImagePullSecrets(
            settings.imagePullSecrets().stream().map(LocalObjectReference::new).toList())
        .withPriorityClassName(given.priorityClassName())
        .withNodeSelector(given.nodeSelector())
        .withTolerations(given.tolerations().stream().map(WorkerPod::toleration).toList())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withFsGroup(settings.fsGroup())
        // Not each file of a large volume is to be visited at every start.
        .withFsGroupChangePolicy(settings.fsGroup() == null ? null : "OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName(CONTAINER)
        .withImage(settings.image())
        .withImagePullPolicy(settings.imagePullPolicy())
        .withArgs(parts.args())
        .withEnv(environment())
        .withResources(PodResources.of(given.resources(), settings))
        .withTerminationMessagePath(WorkerPlaces.TERMINATION_LOG)
        // A worker that could not say how it ended leaves the end of its log.
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(mounts(parts))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .endContainer()
        .withVolumes(volumes(parts))
        .build();
  }

  private static List<EnvVar> environment() {
    return List.of(
        field(WorkerPlaces.RUN_NAME, "metadata.labels['batch.kubernetes.io/job-name']"),
        field("LETTERSHOP_POD", "metadata.name"));
  }

  private static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  private static List<Volume> volumes(Parts parts) {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(
        new VolumeBuilder()
            .withName(PLAN_VOLUME)
            .withNewConfigMap()
            .withName(parts.planConfigMap())
            .endConfigMap()
            .build());
    volumes.addAll(parts.secrets().volumes());
    volumes.addAll(parts.sources().volumes());
    volumes.addAll(parts.volumes());
    volumes.add(new VolumeBuilder().withName(TMP_VOLUME).withNewEmptyDir().endEmptyDir().build());
    return volumes;
  }

  private static List<VolumeMount> mounts(Parts parts) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(
        new VolumeMountBuilder()
            .withName(PLAN_VOLUME)
            .withMountPath(WorkerPlaces.PLAN)
            .withReadOnly(true)
            .build());
    mounts.addAll(parts.secrets().mounts());
    mounts.addAll(parts.sources().mounts());
    mounts.addAll(parts.mounts());
    mounts.add(new VolumeMountBuilder().withName(TMP_VOLUME).withMountPath("/tmp").build());
    return mounts;
  }

  private static Toleration toleration(
      dev.lettershop.api.v1alpha1.common.PodToleration toleration) {
    return new Toleration(
        toleration.effect(),
        toleration.key(),
        toleration.operator(),
        toleration.tolerationSeconds(),
        toleration.value());
  }
}
