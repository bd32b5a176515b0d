package dev.lettershop.collector.spool;

import dev.lettershop.store.database.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A folder of files in which entries wait for the database. What {@link #append} has returned for
 * survives a kill of the process; it is applied at least once, so applying must bear repetition.
 * Thread-safe.
 */
public final class Spool implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Spool.class);
  private static final String SUFFIX = ".spool";
  private static final long EVERY = 1;

  /** Brings one entry into the database. */
  @FunctionalInterface
  public interface Applier {
    /**
     * @throws StoreException when it has to wait; what can never be applied is dropped without one
     */
    void apply(byte[] entry);
  }

  private final Path folder;
  private final long most;
  private final Map<String, Applier> appliers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread replay = new Thread(this::replay, "spool");
  private final Object writing = new Object();
  private FileChannel open;
  private long number;
  private volatile long bytes;

  /**
   * Takes up what an earlier process has left.
   *
   * @param folder made when it is not there
   * @param most bytes that may be in it
   */
  public Spool(Path folder, long most) {
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

  /** Says how the entries of a feature are applied; before {@link #start()}. */
  public void register(String owner, Applier applier) {
    appliers.put(owner, applier);
  }

  /** Starts bringing entries into the database. */
  public void start() {
    replay.start();
  }

  /**
   * Keeps an entry; when this returns, it is on the disk.
   *
   * @param owner a feature that has registered
   * @throws SpoolFullException when there is no room, or the disk fails
   */
  public void append(String owner, byte[] entry) {
    byte[] framed = SpoolSegment.bytes(new SpoolSegment.Entry(owner, entry));
    synchronized (writing) {
      if (bytes + framed.length > most) {
        throw new SpoolFullException("The spool is full", null);
      }
      try {
        if (open == null) {
          open =
              FileChannel.open(
                  folder.resolve("%019d%s".formatted(++number, SUFFIX)),
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE);
          syncFolder();
        }
        long end = open.size();
        try {
          ByteBuffer buffer = ByteBuffer.wrap(framed);
          while (buffer.hasRemaining()) {
            open.write(buffer);
          }
          open.force(true);
        } catch (IOException e) {
          open.truncate(end);
          throw e;
        }
        bytes += framed.length;
      } catch (IOException e) {
        throw new SpoolFullException("The spool cannot be written", e);
      }
    }
  }

  /** A new file survives a crash only when its folder was written, too. */
  private void syncFolder() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** What waits. */
  public long bytes() {
    return bytes;
  }

  private void replay() {
    try {
      do {
        if (bytes > 0) {
          replayAll();
        }
      } while (!closed.await(EVERY, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void replayAll() {
    try {
      List<Path> files = closedFiles();
      for (Path file : files) {
        for (SpoolSegment.Entry entry : SpoolSegment.read(file)) {
          apply(entry);
        }
        long size = Files.size(file);
        Files.delete(file);
        synchronized (writing) {
          bytes -= size;
        }
      }
      if (!files.isEmpty()) {
        LOG.infof("What waited on disk is in the database: %d files", files.size());
      }
    } catch (StoreException away) {
      LOG.debugf("What waits on disk goes on waiting: %s", away.getMessage());
    } catch (IOException e) {
      LOG.errorf("The spool cannot be read: %s", e.getClass().getName());
    }
  }

  private void apply(SpoolSegment.Entry entry) {
    Applier applier = appliers.get(entry.owner());
    if (applier == null) {
      LOG.errorf("Nobody applies what %s has spooled; it is dropped", entry.owner());
      return;
    }
    applier.apply(entry.content());
  }

  /** Ends the file that is being written, so that nothing is added to what is applied. */
  private List<Path> closedFiles() throws IOException {
    synchronized (writing) {
      if (open != null) {
        open.close();
        open = null;
      }
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

  /** Stops applying; what waits is there for the next process. */
  @Override
  public void close() {
    closed.countDown();
    try {
      replay.join(TimeUnit.SECONDS.toMillis(10));
      synchronized (writing) {
        if (open != null) {
          open.close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("The spool cannot be closed", e);
    }
  }
}
