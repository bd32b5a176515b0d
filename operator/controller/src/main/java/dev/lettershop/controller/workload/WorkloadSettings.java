package dev.lettershop.controller.workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What all workers have in common.
 *
 * @param image of the worker; its entry point is the worker's command line
 * @param imagePullPolicy {@code IfNotPresent}, {@code Always} or {@code Never}
 * @param imagePullSecrets names of the Secrets with the registry's credentials, in the Pod's
 *     namespace
 * @param requests resources that are reserved where a campaign says nothing, by name
 * @param limits most that may be used where a campaign says nothing, by name
 * @param fsGroup group that may read the mounted Secrets, or null to leave it to the platform
 *     (OpenShift gives each namespace a range of its own and refuses others)
 * @param sendDeadline longest time that a run may take
 * @param syncDeadline longest time that the sync of a source may take
 * @param refreshDeadline longest time that recording a segment may take
 */
public record WorkloadSettings(
    String image,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    Map<String, String> requests,
    Map<String, String> limits,
    Long fsGroup,
    Duration sendDeadline,
    Duration syncDeadline,
    Duration refreshDeadline) {
  /** The customary "nonroot" of images without a shell. */
  public static final long FS_GROUP = 65532;

  public WorkloadSettings {
    Objects.requireNonNull(image);
    imagePullSecrets = List.copyOf(imagePullSecrets);
    requests = Map.copyOf(requests);
    limits = Map.copyOf(limits);
  }

  /** Everything but the image as it customarily is. */
  public static WorkloadSettings of(String image) {
    return new WorkloadSettings(
        image,
        "IfNotPresent",
        List.of(),
        Map.of("cpu", "250m", "memory", "256Mi"),
        Map.of("memory", "384Mi"),
        FS_GROUP,
        Duration.ofDays(1),
        Duration.ofHours(6),
        Duration.ofHours(1));
  }

  /** The same with another image. */
  public WorkloadSettings withImage(String other) {
    return new WorkloadSettings(
        other,
        imagePullPolicy,
        imagePullSecrets,
        requests,
        limits,
        fsGroup,
        sendDeadline,
        syncDeadline,
        refreshDeadline);
  }

  /** The same with another pull policy, and other Secrets to pull with. */
  public WorkloadSettings pulled(String policy, List<String> secrets) {
    return new WorkloadSettings(
        image,
        policy,
        secrets,
        requests,
        limits,
        fsGroup,
        sendDeadline,
        syncDeadline,
        refreshDeadline);
  }
}
