package dev.lettershop.controller.workload;

import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.SourcePlan;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/** The volumes that hold the files of sources. */
final class SourceVolumes {
  private final List<SourcePlan> sources;

  SourceVolumes(List<SourcePlan> sources) {
    this.sources = sources.stream().filter(source -> source.spec().file() != null).toList();
  }

  List<Volume> volumes() {
    return sources.stream().map(SourceVolumes::volume).toList();
  }

  List<VolumeMount> mounts() {
    return sources.stream()
        .map(
            source ->
                new VolumeMountBuilder()
                    .withName(name(source))
                    .withMountPath(WorkerPlaces.SOURCES + "/" + source.name())
                    .withReadOnly(orAbsent(isReadOnly(source.spec().file().volume())))
                    .build())
        .toList();
  }

  private static Volume volume(SourcePlan source) {
    var from = source.spec().file().volume();
    VolumeBuilder volume = new VolumeBuilder().withName(name(source));
    if (from.configMap() != null) {
      volume.withNewConfigMap().withName(from.configMap().name()).endConfigMap();
    } else if (from.secret() != null) {
      volume
          .withNewSecret()
          .withSecretName(from.secret().secretName())
          .withDefaultMode(SecretFiles.MODE)
          .endSecret();
    } else if (from.persistentVolumeClaim() != null) {
      volume
          .withNewPersistentVolumeClaim()
          .withClaimName(from.persistentVolumeClaim().claimName())
          .withReadOnly(orAbsent(from.persistentVolumeClaim().readOnly()))
          .endPersistentVolumeClaim();
    } else if (from.nfs() != null) {
      volume
          .withNewNfs()
          .withServer(from.nfs().server())
          .withPath(from.nfs().path())
          .withReadOnly(orAbsent(from.nfs().readOnly()))
          .endNfs();
    } else {
      var csi = volume.withNewCsi();
      csi.withDriver(from.csi().driver())
          .withReadOnly(from.csi().readOnly())
          .withFsType(from.csi().fsType())
          .withVolumeAttributes(from.csi().volumeAttributes());
      if (from.csi().nodePublishSecretRef() != null) {
        csi.withNewNodePublishSecretRef(from.csi().nodePublishSecretRef().name());
      }
      volume = csi.endCsi();
    }
    return volume.build();
  }

  private static boolean isReadOnly(dev.lettershop.api.v1alpha1.Volume volume) {
    if (volume.persistentVolumeClaim() != null) {
      return volume.persistentVolumeClaim().readOnly();
    }
    if (volume.nfs() != null) {
      return volume.nfs().readOnly();
    }
    return volume.csi() == null || volume.csi().readOnly();
  }

  /** The API server drops a false here, and would then seem to contradict us. */
  private static Boolean orAbsent(boolean readOnly) {
    return readOnly ? true : null;
  }

  private static String name(SourcePlan source) {
    return Names.volume("source", source.name());
  }
}
