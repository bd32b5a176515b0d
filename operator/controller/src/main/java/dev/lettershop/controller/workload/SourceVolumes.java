package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.volume.CsiVolume;
import dev.lettershop.api.v1alpha1.volume.PersistentVolumeClaimVolume;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.SourcePlan;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The volumes that hold the files of sources. Sources of the same volume share it: a Pod that has
 * one claim twice may never start.
 */
final class SourceVolumes {
  private final Map<Object, List<SourcePlan>> byVolume = new LinkedHashMap<>();

  /** ConfigMaps with tables of values. */
  private final SortedSet<String> tables = new TreeSet<>();

  SourceVolumes(List<SourcePlan> sources) {
    for (SourcePlan source : sources) {
      if (source.spec().file() != null) {
        byVolume.computeIfAbsent(identity(source), key -> new ArrayList<>()).add(source);
      }
      source.spec().normalise().fields().stream()
          .filter(rule -> rule.tableFrom() != null)
          .forEach(rule -> tables.add(rule.tableFrom().name()));
    }
  }

  List<Volume> volumes() {
    return Stream.concat(
            byVolume.values().stream().map(SourceVolumes::volume),
            tables.stream().map(SourceVolumes::table))
        .toList();
  }

  /** One a source, whatever the volume. */
  List<VolumeMount> mounts() {
    return Stream.concat(
            byVolume.values().stream()
                .flatMap(sharing -> sharing.stream().map(source -> mount(source, name(sharing)))),
            tables.stream().map(SourceVolumes::tableMount))
        .toList();
  }

  private static Volume table(String configMap) {
    return new VolumeBuilder()
        .withName(Names.volume("table", configMap))
        .withNewConfigMap()
        .withName(configMap)
        .endConfigMap()
        .build();
  }

  private static VolumeMount tableMount(String configMap) {
    return new VolumeMountBuilder()
        .withName(Names.volume("table", configMap))
        .withMountPath(String.join("/", WorkerPlaces.SOURCES, WorkerPlaces.TABLES, configMap))
        .withReadOnly(true)
        .build();
  }

  private static VolumeMount mount(SourcePlan source, String volume) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(WorkerPlaces.SOURCES + "/" + source.name())
        .withReadOnly(orAbsent(isReadOnly(declared(source))))
        .build();
  }

  private static Volume volume(List<SourcePlan> sharing) {
    var from = declared(sharing.get(0));
    VolumeBuilder volume = new VolumeBuilder().withName(name(sharing));
    if (from.configMap() != null) {
      volume.withNewConfigMap().withName(from.configMap().name()).endConfigMap();
    } else if (from.secret() != null) {
      volume
          .withNewSecret()
          .withSecretName(from.secret().secretName())
          .withDefaultMode(SecretFiles.MODE)
          .endSecret();
    } else if (from.persistentVolumeClaim() != null) {
      boolean readOnly = sharing.stream().allMatch(source -> isReadOnly(declared(source)));
      volume
          .withNewPersistentVolumeClaim()
          .withClaimName(from.persistentVolumeClaim().claimName())
          .withReadOnly(orAbsent(readOnly))
          .endPersistentVolumeClaim();
    } else if (from.nfs() != null) {
      volume
          .withNewNfs()
          .withServer(from.nfs().server())
          .withPath(from.nfs().path())
          .withReadOnly(orAbsent(from.nfs().readOnly()))
          .endNfs();
    } else {
      csi(volume, from.csi());
    }
    return volume.build();
  }

  private static void csi(VolumeBuilder volume, CsiVolume from) {
    var csi =
        volume
            .withNewCsi()
            .withDriver(from.driver())
            .withReadOnly(from.readOnly())
            .withFsType(from.fsType())
            .withVolumeAttributes(from.volumeAttributes());
    if (from.nodePublishSecretRef() != null) {
      csi.withNewNodePublishSecretRef(from.nodePublishSecretRef().name());
    }
    csi.endCsi();
  }

  /** Equal for what must be one volume in a Pod. */
  private static Object identity(SourcePlan source) {
    PersistentVolumeClaimVolume claim = declared(source).persistentVolumeClaim();
    return claim == null ? declared(source) : claim.claimName();
  }

  private static dev.lettershop.api.v1alpha1.volume.Volume declared(SourcePlan source) {
    return source.spec().file().volume();
  }

  private static boolean isReadOnly(dev.lettershop.api.v1alpha1.volume.Volume volume) {
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

  private static String name(List<SourcePlan> sharing) {
    return Names.volume("source", sharing.get(0).name());
  }
}
