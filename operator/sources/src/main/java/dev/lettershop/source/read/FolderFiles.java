package dev.lettershop.source.read;

import dev.lettershop.diagnostic.DidYouMean;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
    List<Path> parents =
        folders.stream().map(folder -> folder.resolve(path).normalize().getParent()).toList();
    throw new AbsentFileException(
        path + " in " + folders.stream().map(Path::toString).toList(),
        DidYouMean.nearest(Path.of(path).getFileName().toString(), names(parents)),
        path.indexOf('/') > 0 && parents.stream().anyMatch(Files::isDirectory));
  }

  private List<String> names(List<Path> parents) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path parent : parents) {
      boolean inside = folders.stream().anyMatch(parent::startsWith);
      if (inside && Files.isDirectory(parent)) {
        try (Stream<Path> files = Files.list(parent)) {
          files.filter(Files::isRegularFile).forEach(f -> names.add(f.getFileName().toString()));
        }
      }
    }
    return names;
  }
}
