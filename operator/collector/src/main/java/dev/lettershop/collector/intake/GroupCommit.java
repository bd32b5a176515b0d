package dev.lettershop.collector.intake;

import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.intake.IntakeChunk;
import io.vertx.core.Context;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Stores what many requests bring in one transaction: whoever comes while one is being committed is
 * in the next. Each request hears of its end only after the commit. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GroupCommit.class);

  /** Where groups are stored. */
  interface Storage {
    /**
     * @throws StoreException when they may not be stored
     */
    void append(List<IntakeChunk> chunks);
  }

  /** Is told of each transaction. */
  interface Listener {
    void committed(int events, Duration took);

    void failed();
  }

  /**
   * How it gathers.
   *
   * @param linger how long the first of a group waits for others
   * @param events most calls in a transaction, unless one request brings more
   * @param bytes most bytes in a transaction, unless one request brings more: what is stored at
   *     once is worked through at once, too
   * @param queuedEvents most calls that wait
   * @param queuedBytes most bytes that wait
   * @param patience how long calls wait for a database that does not answer
   */
  record Bounds(
      Duration linger,
      int events,
      int bytes,
      int queuedEvents,
      long queuedBytes,
      Duration patience) {
    static final Bounds DEFAULT =
        new Bounds(Duration.ofMillis(2), 5000, 4 << 20, 50_000, 32L << 20, Duration.ofSeconds(8));
  }

  /** What waits. {@code done} is called on {@code context} with whether it is stored. */
  private record Pending(
      String source,
      int events,
      byte[] frame,
      long since,
      Context context,
      Consumer<Boolean> done) {}

  private final Storage storage;
  private final Bounds bounds;
  private final Listener listener;
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger queuedEvents = new AtomicInteger();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread writer;
  private volatile boolean closing;
  private boolean failing;

  GroupCommit(Storage storage, Bounds bounds, Listener listener) {
    this.storage = storage;
    this.bounds = bounds;
    this.listener = listener;
    this.writer = new Thread(this::write, "intake");
    writer.start();
  }

  /**
   * Takes calls.
   *
   * @param done called on {@code context} after the commit with true, or with false when there is
   *     no telling whether they are stored
   * @return false when too much waits already: then they are not taken
   */
  boolean offer(String source, int events, byte[] frame, Context context, Consumer<Boolean> done) {
    if (closing
        || queuedEvents.get() + events > bounds.queuedEvents()
        || queuedBytes.get() + frame.length > bounds.queuedBytes()) {
      return false;
    }
    queuedEvents.addAndGet(events);
    queuedBytes.addAndGet(frame.length);
    queue.add(new Pending(source, events, frame, System.nanoTime(), context, done));
    return true;
  }

  /** Calls that wait. */
  int queuedEvents() {
    return queuedEvents.get();
  }

  private void write() {
    while (true) {
      try {
        Pending first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          commit(gather(first));
        } else if (closing) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private List<Pending> gather(Pending first) {
    if (queue.size() < 64 && !closing) {
      LockSupport.parkNanos(bounds.linger().toNanos());
    }
    List<Pending> group = new ArrayList<>();
    group.add(first);
    int events = first.events();
    int bytes = first.frame().length;
    for (Pending next = queue.peek();
        next != null
            && events + next.events() <= bounds.events()
            && bytes + next.frame().length <= bounds.bytes();
        next = queue.peek()) {
      group.add(queue.remove());
      events += next.events();
      bytes += next.frame().length;
    }
    return group;
  }

  private void commit(List<Pending> group) {
    List<IntakeChunk> chunks = chunks(group);
    boolean stored = false;
    long patience = group.get(0).since() + bounds.patience().toNanos();
    do {
      long started = System.nanoTime();
      try {
        storage.append(chunks);
        stored = true;
        failing = false;
        int events = group.stream().mapToInt(Pending::events).sum();
        listener.committed(events, Duration.ofNanos(System.nanoTime() - started));
      } catch (StoreException e) {
        if (!failing) {
          LOG.warnf("Events wait: %s", e.getMessage());
        }
        failing = true;
        listener.failed();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    } while (!stored && System.nanoTime() < patience);
    finish(group, stored);
  }

  private static List<IntakeChunk> chunks(List<Pending> group) {
    Map<String, List<Pending>> bySource = new LinkedHashMap<>();
    group.forEach(p -> bySource.computeIfAbsent(p.source(), s -> new ArrayList<>()).add(p));
    return bySource.entrySet().stream().map(e -> chunk(e.getKey(), e.getValue())).toList();
  }

  private static IntakeChunk chunk(String source, List<Pending> pending) {
    ByteArrayOutputStream content =
        new ByteArrayOutputStream(pending.stream().mapToInt(p -> p.frame().length).sum());
    int events = 0;
    for (Pending each : pending) {
      content.writeBytes(each.frame());
      events += each.events();
    }
    return new IntakeChunk(source, events, content.toByteArray());
  }

  /** Tells each event loop once of all its requests. */
  private void finish(List<Pending> group, boolean stored) {
    Map<Context, List<Pending>> byContext = new IdentityHashMap<>();
    for (Pending each : group) {
      queuedEvents.addAndGet(-each.events());
      queuedBytes.addAndGet(-each.frame().length);
      byContext.computeIfAbsent(each.context(), c -> new ArrayList<>()).add(each);
    }
    byContext.forEach(
        (context, pending) ->
            context.runOnContext(end -> pending.forEach(each -> each.done().accept(stored))));
  }

  /** Takes no more, and returns when everything that was taken has been answered. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(bounds.patience().plusSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
