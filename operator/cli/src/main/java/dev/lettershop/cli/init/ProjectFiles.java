package dev.lettershop.cli.init;

import dev.lettershop.cli.output.UsageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a project: all of its files, or none when one of them is there already. */
final class ProjectFiles {
  private final Path project;

  ProjectFiles(Path project) {
    this.project = project;
  }

  /**
   * @param texts of the files, by their path
   * @param data files that are copied into the project where they are not in it
   * @throws UsageException when a file exists or cannot be written
   */
  void write(Map<String, String> texts, List<DataFile> data) {
    List<String> present = new ArrayList<>();
    texts.keySet().stream().filter(this::exists).forEach(present::add);
    data.stream()
        .filter(file -> file.isOutside(project) && exists(file.path()))
        .forEach(file -> present.add(file.path()));
    if (!present.isEmpty()) {
      throw new UsageException(
          project
              + " holds "
              + String.join(", ", present)
              + " already, and no file is written over; name another folder with --out");
    }
    String current = "";
    try {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        current = text.getKey();
        write(project.resolve(current), text.getValue());
      }
      for (DataFile file : data) {
        current = file.path();
        if (file.isOutside(project)) {
          Path copy = project.resolve(file.path());
          Files.createDirectories(copy.getParent());
          Files.copy(file.location(), copy);
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(e.getFile() + " exists, and no file is written over");
    } catch (IOException e) {
      throw new UsageException("Cannot write " + project.resolve(current) + ": " + e.getMessage());
    }
  }

  private boolean exists(String path) {
    return Files.exists(project.resolve(path));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
    if (posix && file.endsWith(ProjectText.SECRETS)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
