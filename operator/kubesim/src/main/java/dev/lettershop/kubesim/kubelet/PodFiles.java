package dev.lettershop.kubesim.kubelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Folders and files that only the user who runs the Pods can read. */
final class PodFiles {
  private PodFiles() {}

  static Path folder(Path folder) {
    try {
      return Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the folder " + folder, e);
    }
  }

  /** Writes files below a folder; names may have slashes, but do not lead out of the folder. */
  static void write(Path folder, Map<String, byte[]> files) {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey()).normalize();
      if (!target.startsWith(folder)) {
        throw new IllegalArgumentException("A volume must not hold a path like " + file.getKey());
      }
      try {
        folder(target.getParent());
        Files.write(target, file.getValue());
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write " + target, e);
      }
    }
  }

  /** Makes a link; what is there already goes. */
  static void link(Path link, Path target) {
    try {
      folder(link.getParent());
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot link " + link, e);
    }
  }

  /** Removes a folder with all that is in it; links are not followed. */
  static void remove(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path at, IOException e) throws IOException {
              Files.delete(at);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }
}
