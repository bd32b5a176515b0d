package dev.lettershop.source.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens files in folders that stand in for a volume: the mount of a Pod, or on a laptop the folder
 * of the resources. The first folder that has the file wins. A path cannot lead out of its folder.
 */
public final class FolderFiles implements InputOpener {
  private final List<Path> folders;

  /**
   * @param folders in the order in which they are searched
   */
  public FolderFiles(List<Path> folders) {
    this.folders = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  @Override
  public InputStream open(String path) throws IOException {
    for (Path folder : folders) {
      Path file = folder.resolve(path).normalize();
      if (file.startsWith(folder) && Files.isRegularFile(file)) {
        return Files.newInputStream(file);
      }
    }
    throw new NoSuchFileException(path + " in " + folders.stream().map(Path::toString).toList());
  }
}
