package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.source.FileSource;
import dev.lettershop.api.v1alpha1.volume.Volume;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.source.read.FolderFiles;
import dev.lettershop.source.read.InputOpener;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Finds a source's file on a machine without a cluster: in the ConfigMap or Secret that the volume
 * names when that stands among the manifests, otherwise in a folder.
 */
public final class ManifestInputs implements SourceInputs {
  private final ResourceSet resources;
  private final Path data;

  /**
   * @param data folder that stands in for volumes, or null for the folder of each source's manifest
   */
  public ManifestInputs(ResourceSet resources, Path data) {
    this.resources = resources;
    this.data = data;
  }

  @Override
  public InputOpener of(String source, FileSource file) {
    return path -> open(source, file.volume(), path);
  }

  /**
   * In the ConfigMap among the manifests, else in the file beside them that is called as the key.
   */
  @Override
  public InputOpener tables(String source) {
    return path -> {
      String key = path.substring(path.indexOf('/') + 1);
      ConfigMap map = resources.configMaps().get(path.substring(0, path.indexOf('/')));
      return map == null
          ? new FolderFiles(List.of(folder(source))).open(key)
          : fromConfigMap(map, key);
    };
  }

  private InputStream open(String source, Volume volume, String path) throws IOException {
    if (volume != null && volume.configMap() != null) {
      ConfigMap map = resources.configMaps().get(volume.configMap().name());
      if (map != null) {
        return fromConfigMap(map, path);
      }
    }
    if (volume != null && volume.secret() != null) {
      String name = volume.secret().secretName();
      if (resources.secrets().containsKey(name)) {
        return new ByteArrayInputStream(
            new ManifestSecrets(resources.secrets())
                .get(name, path)
                .orElseThrow(() -> new NoSuchFileException("Secret/" + name + " " + path)));
      }
    }
    return new FolderFiles(List.of(folder(source))).open(path);
  }

  private static InputStream fromConfigMap(ConfigMap map, String path) throws IOException {
    if (map.getData() != null && map.getData().containsKey(path)) {
      return new ByteArrayInputStream(map.getData().get(path).getBytes(StandardCharsets.UTF_8));
    }
    if (map.getBinaryData() != null && map.getBinaryData().containsKey(path)) {
      return new ByteArrayInputStream(
          Base64.getMimeDecoder().decode(map.getBinaryData().get(path)));
    }
    throw new NoSuchFileException("ConfigMap/" + map.getMetadata().getName() + " " + path);
  }

  private Path folder(String source) {
    if (data != null) {
      return data;
    }
    return resources
        .locate(new ResourceRef("ProfileSource", source), "")
        .map(at -> Path.of(at.file()).toAbsolutePath().getParent())
        .orElse(Path.of("").toAbsolutePath());
  }
}
