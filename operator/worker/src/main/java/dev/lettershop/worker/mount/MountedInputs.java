package dev.lettershop.worker.mount;

import dev.lettershop.api.v1alpha1.source.FileSource;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.source.read.InputOpener;
import dev.lettershop.worker.access.SourceInputs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The volumes of sources, mounted: {@code <folder>/<ProfileSource>/<path>}. Links are followed, as
 * Kubernetes mounts ConfigMaps and Secrets through some, but neither a link nor {@code ..} leads
 * out of a source's volume.
 */
public final class MountedInputs implements SourceInputs {
  private final Path folder;

  public MountedInputs(Path folder) {
    this.folder = folder;
  }

  @Override
  public InputOpener of(String source, FileSource file) {
    return path -> open(folder.resolve(source), path);
  }

  @Override
  public InputOpener tables(String source) {
    return path -> open(folder.resolve(WorkerPlaces.TABLES), path);
  }

  private static InputStream open(Path volume, String path) throws IOException {
    Path asked = volume.resolve(path).normalize();
    if (!asked.startsWith(volume.normalize()) || !Files.isRegularFile(asked)) {
      throw new NoSuchFileException(path + " in " + volume);
    }
    Path file = asked.toRealPath();
    if (!file.startsWith(volume.toRealPath())) {
      throw new NoSuchFileException(path + " in " + volume + " (a link leads out of the volume)");
    }
    return Files.newInputStream(file);
  }
}
