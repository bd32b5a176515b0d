package dev.lettershop.playground.quickstart;

import dev.lettershop.cli.UsageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a quickstart fills. It may be missing, empty, or left by an earlier quickstart,
 * whose files make room; anything else is somebody's and is not touched. Until it is closed, no
 * other process can claim it.
 */
final class OutputFolder implements AutoCloseable {
  private static final String MARK = ".lettershop-quickstart";
  private static final List<String> OURS =
      List.of("mails", "data", "shop", "index.html", QuarantineList.FILE);

  private final Path path;
  private final FileChannel mark;

  private OutputFolder(Path path, FileChannel mark) {
    this.path = path;
    this.mark = mark;
  }

  /**
   * @throws UsageException when the folder is somebody's
   * @throws IOException when it is being filled already, or cannot be; says what to do
   */
  static OutputFolder claim(Path requested) throws IOException {
    Path path = requested.toAbsolutePath().normalize();
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UsageException(path + " is no folder; name another one with --out");
    }
    Files.createDirectories(path);
    try (Stream<Path> files = Files.list(path)) {
      if (!Files.exists(path.resolve(MARK)) && files.findAny().isPresent()) {
        throw new UsageException(
            path + " holds files of another origin; empty it, or name another folder with --out");
      }
    }
    FileChannel mark =
        FileChannel.open(path.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(mark, path);
      for (String name : OURS) {
        deleteRecursively(path.resolve(name));
      }
      return new OutputFolder(path, mark);
    } catch (IOException e) {
      mark.close();
      throw e;
    }
  }

  private static void lock(FileChannel mark, Path path) throws IOException {
    FileLock lock;
    try {
      lock = mark.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // another one in this very process
    }
    if (lock == null) {
      throw new IOException(
          "another quickstart is writing to "
              + path
              + "; wait for it, or name another folder with"
              + " --out");
    }
  }

  /** Lets others claim the folder. */
  @Override
  public void close() throws IOException {
    mark.close();
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
