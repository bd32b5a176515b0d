package dev.lettershop.collector.spool;

import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.encryption.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Brings records into the database, or keeps them on the disk until it is there again. What {@link
 * #keep} has returned for survives a kill of the process. Each record is applied at least once, and
 * those on the disk in their order, so applying must bear repetition. Thread-safe.
 */
public final class Spool implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Spool.class);
  private static final int AT_ONCE = 500;
  private static final int ATTEMPTS = 8;

  /** Brings records of one kind into the database. */
  @FunctionalInterface
  public interface Applier {
    /**
     * @param records one or more, in their order; best in one transaction
     * @throws StoreException of the kind Failed when they can never be applied; of another kind
     *     when they have to wait
     */
    void apply(List<byte[]> records);
  }

  /**
   * How it waits.
   *
   * @param patience how long the database may take before a record goes to the disk
   * @param every pause between attempts to apply what waits
   * @param atEnd how long closing goes on trying
   */
  public record Timing(Duration patience, Duration every, Duration atEnd) {
    public static final Timing DEFAULT =
        new Timing(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  private final SpoolFolder folder;
  private final Vault vault;
  private final Timing timing;
  private final SpoolMeters meters;
  private final Map<String, Applier> appliers = new ConcurrentHashMap<>();
  private final ExecutorService attempts =
      new ThreadPoolExecutor(
          0, ATTEMPTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Spool::daemon);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread replay = new Thread(this::replay, "spool");
  private volatile boolean away;
  private Path partial;
  private int applied;

  /**
   * Takes up what an earlier process has left.
   *
   * @param folder made when it does not exist
   * @param most bytes that may wait in it
   * @param vault encrypts what is on the disk
   */
  public Spool(Path folder, long most, Vault vault, Timing timing, MeterRegistry registry) {
    this.folder = new SpoolFolder(folder, most);
    this.vault = vault;
    this.timing = timing;
    this.meters = new SpoolMeters(registry, this.folder::bytes);
    this.away = this.folder.bytes() > 0;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "spool-attempt");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Says how records of a kind are applied; before {@link #start()}.
   *
   * @param kind such as {@code unsubscribe}; a label of metrics
   */
  public void register(String kind, Applier applier) {
    if (appliers.putIfAbsent(kind, applier) != null) {
      throw new IllegalArgumentException("Records of the kind " + kind + " are applied already");
    }
  }

  /** Starts applying what waits. */
  public void start() {
    replay.start();
  }

  /**
   * Applies records, or has them on the disk when the database does not take them in time. Waits
   * for the database or the disk, so it is not for event loops.
   *
   * @param kind one that is registered
   * @return whether they are applied; false when they wait on the disk
   * @throws SpoolFullException when neither could be done: nothing is promised
   * @throws StoreException of the kind Failed when the records can never be applied
   */
  public boolean keep(String kind, List<byte[]> records) {
    if (!away && appliedAtOnce(kind, records)) {
      return true;
    }
    // While the disk holds some, others wait behind them.
    away = true;
    append(kind, records);
    return false;
  }

  /** The same for one record. */
  public boolean keep(String kind, byte[] record) {
    return keep(kind, List.of(record));
  }

  private boolean appliedAtOnce(String kind, List<byte[]> records) {
    try {
      Future<?> attempt = attempts.submit(() -> appliers.get(kind).apply(records));
      attempt.get(timing.patience().toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException | TimeoutException slow) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure && hasToWait(failure)) {
        LOG.warnf("Records of the kind %s go to the disk: %s", kind, failure.getMessage());
        return false;
      }
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("A record could not be applied", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean hasToWait(StoreException failure) {
    return failure.kind() != StoreException.Kind.Failed;
  }

  private void append(String kind, List<byte[]> records) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] record : records) {
      all.writeBytes(SpoolSegment.bytes(new SpoolSegment.Entry(kind, vault.sealBytes(record))));
    }
    folder.append(all.toByteArray());
    meters.kept(kind, records.size());
  }

  /** Bytes that wait on the disk. */
  public long bytes() {
    return folder.bytes();
  }

  /** Whether records go to the disk now. */
  public boolean isAway() {
    return away;
  }

  private void replay() {
    try {
      do {
        if (away || folder.bytes() > 0) {
          round();
        }
      } while (!closed.await(timing.every().toMillis(), TimeUnit.MILLISECONDS));
      long end = System.nanoTime() + timing.atEnd().toNanos();
      while (folder.bytes() > 0 && !round() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Applies what waits now; says whether that was possible. */
  private boolean round() {
    try {
      List<Path> files = folder.closed();
      for (Path file : files) {
        apply(file);
        folder.delete(file);
      }
      away = false;
      if (!files.isEmpty()) {
        LOG.infof("What waited on the disk is in the database: %d files", files.size());
      }
      return true;
    } catch (StoreException stillAway) {
      LOG.debugf("What waits on the disk goes on waiting: %s", stillAway.getMessage());
    } catch (IOException e) {
      LOG.errorf("The spool cannot be read: %s", e.getClass().getName());
    }
    return false;
  }

  private void apply(Path file) throws IOException {
    List<SpoolSegment.Entry> entries = SpoolSegment.read(file);
    if (!file.equals(partial)) {
      partial = file;
      applied = 0;
    }
    while (applied < entries.size()) {
      List<SpoolSegment.Entry> alike = alike(entries.subList(applied, entries.size()));
      apply(alike);
      applied += alike.size();
    }
  }

  /** The first ones, as long as they are of one kind. */
  private static List<SpoolSegment.Entry> alike(List<SpoolSegment.Entry> entries) {
    String kind = entries.get(0).kind();
    int end = 1;
    while (end < Math.min(entries.size(), AT_ONCE) && entries.get(end).kind().equals(kind)) {
      end++;
    }
    return entries.subList(0, end);
  }

  private void apply(List<SpoolSegment.Entry> alike) throws IOException {
    String kind = alike.get(0).kind();
    try {
      Applier applier = appliers.get(kind);
      if (applier == null) {
        throw new IllegalStateException("Nobody applies records of this kind");
      }
      List<byte[]> records = new ArrayList<>();
      alike.forEach(entry -> records.add(vault.openBytes(entry.content())));
      applier.apply(records);
      meters.applied(kind, alike.size());
    } catch (StoreException e) {
      if (hasToWait(e)) {
        throw e;
      }
      alone(alike, e.getMessage());
    } catch (RuntimeException e) {
      alone(alike, e.getClass().getName());
    }
  }

  /** One that can never be applied must not hold up the others. */
  private void alone(List<SpoolSegment.Entry> alike, String reason) throws IOException {
    if (alike.size() > 1) {
      for (SpoolSegment.Entry entry : alike) {
        apply(List.of(entry));
      }
      return;
    }
    SpoolSegment.Entry entry = alike.get(0);
    LOG.errorf(
        "A record of the kind %s cannot be applied and is set aside in the spool: %s",
        entry.kind(), reason);
    folder.setAside(SpoolSegment.bytes(entry));
    meters.rejected(entry.kind());
  }

  /** Tries for a moment to apply what waits; the rest is there for the next process. */
  @Override
  public void close() {
    closed.countDown();
    attempts.shutdown();
    try {
      replay.join(timing.atEnd().plusSeconds(5).toMillis());
      folder.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("The spool cannot be closed", e);
    }
  }
}
