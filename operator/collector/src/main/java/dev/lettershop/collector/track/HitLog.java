package dev.lettershop.collector.track;

import dev.lettershop.collector.spool.Spool;
import dev.lettershop.collector.spool.SpoolFullException;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.hit.Hit;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has hits in the database, or on the disk until it is there, before their requests are answered:
 * whoever comes while some are being stored is in the next group. Thread-safe.
 */
final class HitLog implements AutoCloseable {
  /** The spool's name for hits. */
  static final String KIND = "hit";

  private static final Logger LOG = Logger.getLogger(HitLog.class);
  private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_WAITING = 20_000;

  /** What has become of a hit. */
  enum Outcome {
    /** It is in the database. */
    Stored,
    /** It is on the disk. */
    Spooled,
    /** It is in neither: both failed, or too many wait. */
    Lost
  }

  /** What waits. {@code done} is called on {@code context}. */
  private record Pending(Hit hit, Context context, Consumer<Outcome> done) {}

  private final Spool spool;
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread writer = new Thread(this::write, "hits");
  private volatile boolean closing;

  /**
   * @param spool that knows how to apply {@link #KIND}
   */
  HitLog(Spool spool) {
    this.spool = spool;
    writer.start();
  }

  /**
   * Takes a hit.
   *
   * @param done called on {@code context} when it is safe, or given up
   */
  void record(Hit hit, Context context, Consumer<Outcome> done) {
    if (closing || !queue.offer(new Pending(hit, context, done))) {
      done.accept(Outcome.Lost);
    }
  }

  private void write() {
    while (true) {
      try {
        Pending first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Pending> group = gather(first);
          finish(group, keep(group));
        } else if (closing) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private List<Pending> gather(Pending first) {
    if (queue.size() < 32 && !closing) {
      LockSupport.parkNanos(LINGER);
    }
    List<Pending> group = new ArrayList<>();
    group.add(first);
    queue.drainTo(group, MOST_AT_ONCE - 1);
    return group;
  }

  private Outcome keep(List<Pending> group) {
    try {
      List<byte[]> records = group.stream().map(each -> HitRecord.bytes(each.hit())).toList();
      return spool.keep(KIND, records) ? Outcome.Stored : Outcome.Spooled;
    } catch (SpoolFullException | StoreException e) {
      LOG.errorf("%d hits are lost: %s", group.size(), e.getMessage());
      return Outcome.Lost;
    }
  }

  /** Tells each event loop once of all its requests. */
  private static void finish(List<Pending> group, Outcome outcome) {
    Map<Context, List<Pending>> byContext = new IdentityHashMap<>();
    group.forEach(
        each -> byContext.computeIfAbsent(each.context(), c -> new ArrayList<>()).add(each));
    byContext.forEach(
        (context, pending) ->
            context.runOnContext(end -> pending.forEach(each -> each.done().accept(outcome))));
  }

  /** Takes no more, and returns when everything that was taken is safe. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
