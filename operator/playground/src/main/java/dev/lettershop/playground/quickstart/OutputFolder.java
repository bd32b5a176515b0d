package dev.lettershop.playground.quickstart;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a quickstart fills. It may be missing, empty, or left by an earlier quickstart,
 * whose files make room; anything else is somebody's and is not touched.
 */
final class OutputFolder {
  private static final String MARK = ".lettershop-quickstart";
  private static final List<String> OURS =
      List.of("mails", "data", "shop", "index.html", QuarantineList.FILE, MARK);

  private final Path path;

  private OutputFolder(Path path) {
    this.path = path;
  }

  /**
   * @throws IOException when the folder is not ours to fill, or cannot be; says what to do
   */
  static OutputFolder claim(Path requested) throws IOException {
    Path path = requested.toAbsolutePath().normalize();
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException(path + " is no folder; name another one with --out");
    }
    Files.createDirectories(path);
    try (Stream<Path> files = Files.list(path)) {
      if (!Files.exists(path.resolve(MARK)) && files.findAny().isPresent()) {
        throw new IOException(
            path + " holds files of another origin; empty it, or name another folder with --out");
      }
    }
    for (String name : OURS) {
      deleteRecursively(path.resolve(name));
    }
    Files.createFile(path.resolve(MARK));
    return new OutputFolder(path);
  }

  Path path() {
    return path;
  }

  /** Where the copy of the sample is. */
  Path shop() {
    return path.resolve("shop");
  }

  private static void deleteRecursively(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
