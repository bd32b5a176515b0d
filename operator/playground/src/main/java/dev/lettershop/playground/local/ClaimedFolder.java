package dev.lettershop.playground.local;

import dev.lettershop.cli.output.UsageException;
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
 * A folder that a command fills. It may be missing, empty, or left by an earlier call of the same
 * command, whose files make room; anything else is somebody's and is not touched. Until it is
 * closed, no other process can claim it.
 */
public final class ClaimedFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel mark;

  private ClaimedFolder(Path path, FileChannel mark) {
    this.path = path;
    this.mark = mark;
  }

  /**
   * @param command that fills it, such as {@code quickstart}; its mark is a file of this name
   * @param ours names of the files and folders that an earlier call has left
   * @throws UsageException when the folder is somebody's
   * @throws IOException when it is being filled already, or cannot be; says what to do
   */
  public static ClaimedFolder claim(Path requested, String command, List<String> ours)
      throws IOException {
    Path path = requested.toAbsolutePath().normalize();
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UsageException(path + " is not a folder; name another one with --out");
    }
    Files.createDirectories(path);
    Path marked = path.resolve(".lettershop-" + command);
    try (Stream<Path> files = Files.list(path)) {
      if (!Files.exists(marked) && files.findAny().isPresent()) {
        throw new UsageException(
            path + " holds files of another origin; empty it, or name another folder with --out");
      }
    }
    FileChannel mark =
        FileChannel.open(marked, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(mark, path, command);
      for (String name : ours) {
        deleteRecursively(path.resolve(name));
      }
      return new ClaimedFolder(path, mark);
    } catch (IOException e) {
      mark.close();
      throw e;
    }
  }

  private static void lock(FileChannel mark, Path path, String command) throws IOException {
    FileLock lock;
    try {
      lock = mark.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // another one in this very process
    }
    if (lock == null) {
      throw new IOException(
          "another "
              + command
              + " is using "
              + path
              + "; wait for it, or name another folder with --out");
    }
  }

  /** Lets others claim the folder. */
  @Override
  public void close() throws IOException {
    mark.close();
  }

  /** Absolute. */
  public Path path() {
    return path;
  }

  static void deleteRecursively(Path root) throws IOException {
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
