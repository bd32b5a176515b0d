package dev.lettershop.kubesim.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Lays out the volumes of a Pod as folders. */
final class PodVolumes {
  /** Folders nearer to the root hold more than mounts. */
  private static final int FEWEST_NAMES = 2;

  private final KubernetesClient client;
  private final Map<String, Path> claims;
  private final ServiceAccountFiles accounts;

  /**
   * @param claims the folders that stand for PersistentVolumeClaims, by name
   */
  PodVolumes(KubernetesClient client, Map<String, Path> claims) {
    this.client = client;
    this.claims = Map.copyOf(claims);
    this.accounts = new ServiceAccountFiles(client);
  }

  /**
   * Makes all volumes that a container mounts.
   *
   * @param folder of the Pod
   * @return where each mount is
   * @throws PodProblem when something is missing; what was made until then stays
   */
  LocalPaths make(Pod pod, Container container, Path folder) throws PodProblem {
    Map<String, Path> volumes = new HashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      volumes.put(volume.getName(), make(pod, volume, folder));
    }
    Map<String, Path> places = new HashMap<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path volume = volumes.get(mount.getName());
      if (volume == null) {
        throw PodProblem.config("the Pod has no volume \"" + mount.getName() + "\"");
      }
      places.put(
          mount.getMountPath(),
          mount.getSubPath() == null ? volume : volume.resolve(mount.getSubPath()));
    }
    String account = ServiceAccountFiles.PLACE;
    if (!places.containsKey(account) && accounts.areWanted(pod)) {
      Path own = PodFiles.folder(folder.resolve("service-account"));
      PodFiles.write(own, accounts.files(pod));
      places.put(account, own);
    }
    places.putAll(parents(Map.copyOf(places), folder.resolve("mounts")));
    return new LocalPaths(places);
  }

  /** The folders of a container that hold mounts, so that a program can be told of all at once. */
  private static Map<String, Path> parents(Map<String, Path> places, Path root) {
    Map<String, Path> parents = new HashMap<>();
    for (Map.Entry<String, Path> place : places.entrySet()) {
      Path mount = Path.of("/").relativize(Path.of(place.getKey()));
      boolean nested =
          places.keySet().stream().anyMatch(other -> place.getKey().startsWith(other + "/"));
      if (nested || mount.getNameCount() <= FEWEST_NAMES) {
        continue;
      }
      PodFiles.link(root.resolve(mount), place.getValue());
      for (Path at = mount.getParent(); at.getNameCount() >= FEWEST_NAMES; at = at.getParent()) {
        parents.put("/" + at, root.resolve(at));
      }
    }
    return parents;
  }

  private Path make(Pod pod, Volume volume, Path folder) throws PodProblem {
    String name = volume.getName();
    VolumeSources sources = new VolumeSources(client, pod.getMetadata().getNamespace());
    if (volume.getPersistentVolumeClaim() != null) {
      String claim = volume.getPersistentVolumeClaim().getClaimName();
      Path local = claims.get(claim);
      if (local == null) {
        throw PodProblem.noClaim(claim);
      }
      return local;
    }
    Path own = PodFiles.folder(folder.resolve("volumes").resolve(name));
    if (volume.getConfigMap() != null) {
      var map = volume.getConfigMap();
      PodFiles.write(
          own, sources.configMap(name, map.getName(), map.getItems(), map.getOptional()));
    } else if (volume.getSecret() != null) {
      var secret = volume.getSecret();
      PodFiles.write(
          own,
          sources.secret(name, secret.getSecretName(), secret.getItems(), secret.getOptional()));
    } else if (volume.getProjected() != null) {
      PodFiles.write(own, projected(pod, name, volume.getProjected(), sources));
    } else if (volume.getEmptyDir() == null) {
      throw PodProblem.mount(name, "this cluster has no volumes of that type");
    }
    return own;
  }

  private Map<String, byte[]> projected(
      Pod pod, String name, ProjectedVolumeSource projected, VolumeSources sources)
      throws PodProblem {
    Map<String, byte[]> files = new HashMap<>();
    for (VolumeProjection source : projected.getSources()) {
      if (source.getServiceAccountToken() != null) {
        files.put(source.getServiceAccountToken().getPath(), accounts.token(pod));
      } else if (source.getConfigMap() != null) {
        var map = source.getConfigMap();
        files.putAll(
            map.getName().equals(ServiceAccountFiles.ROOT_CA)
                ? accounts.authority(sources)
                : sources.configMap(name, map.getName(), map.getItems(), map.getOptional()));
      } else if (source.getSecret() != null) {
        var secret = source.getSecret();
        files.putAll(
            sources.secret(name, secret.getName(), secret.getItems(), secret.getOptional()));
      } else if (source.getDownwardAPI() != null) {
        for (var item : source.getDownwardAPI().getItems()) {
          String value = PodEnvironment.field(pod, item.getFieldRef().getFieldPath());
          files.put(item.getPath(), value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }
}
