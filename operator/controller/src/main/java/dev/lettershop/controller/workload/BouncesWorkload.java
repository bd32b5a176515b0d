package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.transport.BounceSpool;
import dev.lettershop.api.v1alpha1.transport.Bounces;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.BouncesPlan;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;

/** What reads the bounces of a transport on its schedule. */
public final class BouncesWorkload {
  private static final String SPOOL_VOLUME = "spool";

  private final WorkloadSettings settings;

  public BouncesWorkload(WorkloadSettings settings) {
    this.settings = settings;
  }

  /**
   * A transport whose bounces can be read.
   *
   * @param planConfigMap name of the ConfigMap with the plan
   * @param planHash {@code sha256:} and 64 hexadecimal digits
   */
  public record Compiled(
      MailTransport transport, BouncesPlan plan, String planConfigMap, String planHash) {}

  /** Whether a transport wants its bounces read. */
  public static boolean readsBounces(MailTransport transport) {
    Bounces bounces = transport.getSpec() == null ? null : transport.getSpec().bounces();
    return bounces != null && (bounces.mailbox() != null || bounces.spool() != null);
  }

  /** The CronJob that reads them. */
  public CronJob cronJob(Compiled compiled) {
    Bounces bounces = compiled.plan().bounces();
    return new PeriodicJob(
            Component.BOUNCES,
            new JobTemplate.Planned(compiled.planConfigMap(), compiled.planHash()),
            new SecretFiles().add(compiled.plan()),
            new SourceVolumes(List.of()),
            bounces.spool() == null ? List.of() : List.of(volume(bounces.spool())),
            bounces.spool() == null ? List.of() : List.of(mount()),
            List.of("--spool=" + WorkerPlaces.SPOOL))
        .cronJob(
            compiled.transport(),
            bounces.schedule(),
            bounces.suspend(),
            settings.syncDeadline(),
            settings);
  }

  /** To be written to: messages are put away in it. */
  private static Volume volume(BounceSpool spool) {
    return new VolumeBuilder()
        .withName(SPOOL_VOLUME)
        .withNewPersistentVolumeClaim()
        .withClaimName(spool.claimName())
        .endPersistentVolumeClaim()
        .build();
  }

  private static VolumeMount mount() {
    return new VolumeMountBuilder()
        .withName(SPOOL_VOLUME)
        .withMountPath(WorkerPlaces.SPOOL)
        .build();
  }
}
