package dev.lettershop.collector.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a spool, numbered in their order. Who appends at the same time shares one write to
 * the disk. Thread-safe.
 */
final class SpoolFolder implements AutoCloseable {
  private static final String SUFFIX = ".spool";
  private static final String REJECTED = "rejected";

  /** A file is read at once when it is applied, and frees its room only as a whole. */
  private static final long LARGEST_FILE = 1 << 20;

  private final Path folder;
  private final long most;
  // Whoever needs both locks takes this one first.
  private final Object writing = new Object();
  private final Object syncing = new Object();
  private FileChannel open;
  private long number;
  private volatile long bytes;
  private volatile long written;
  private long synced;

  /**
   * @param folder made when it does not exist
   * @param most bytes that may wait in it
   */
  SpoolFolder(Path folder, long most) {
    this.folder = folder;
    this.most = most;
    try {
      Files.createDirectories(folder);
      for (Path file : files()) {
        bytes += Files.size(file);
        number = Math.max(number, number(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The spool " + folder + " cannot be read", e);
    }
  }

  /** What waits. */
  long bytes() {
    return bytes;
  }

  /**
   * When this returns, the entries are on the disk.
   *
   * @throws SpoolFullException when there is no room, or the disk fails
   */
  void append(byte[] entries) {
    try {
      FileChannel to;
      long end;
      synchronized (writing) {
        if (bytes + entries.length > most) {
          throw new SpoolFullException("The spool is full", null);
        }
        write(entries);
        to = open;
        end = written;
      }
      synchronized (syncing) {
        // Another one may have done it for this one, too; so has whoever closed the file.
        if (synced < end) {
          long upTo = written;
          to.force(true);
          synced = upTo;
        }
      }
    } catch (IOException e) {
      throw new SpoolFullException("The spool cannot be written", e);
    }
  }

  private void write(byte[] entries) throws IOException {
    if (open != null && open.size() > LARGEST_FILE) {
      closeFile();
    }
    if (open == null) {
      open =
          FileChannel.open(
              folder.resolve("%019d%s".formatted(++number, SUFFIX)),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE);
      syncFolder();
    }
    long start = open.size();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(entries);
      while (buffer.hasRemaining()) {
        open.write(buffer);
      }
    } catch (IOException e) {
      open.truncate(start);
      throw e;
    }
    bytes += entries.length;
    written += entries.length;
  }

  /** A new file survives a crash only when its folder was written, too. */
  private void syncFolder() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void closeFile() throws IOException {
    synchronized (syncing) {
      if (open != null) {
        open.force(true);
        synced = written;
        open.close();
        open = null;
      }
    }
  }

  /** All files, the oldest first; nothing is added to them any more. */
  List<Path> closed() throws IOException {
    synchronized (writing) {
      closeFile();
      return files();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  void delete(Path file) throws IOException {
    long size = Files.size(file);
    Files.delete(file);
    synchronized (writing) {
      bytes -= size;
    }
  }

  /** Keeps an entry for people to look at. */
  void setAside(byte[] entry) throws IOException {
    Files.write(
        folder.resolve(REJECTED), entry, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    synchronized (writing) {
      closeFile();
    }
  }
}
