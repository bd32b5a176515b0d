package dev.lettershop.kubesim.controllers.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Works on keys: each by one thread at a time, once more when it was added meanwhile, and again
 * after a while when the work failed. Thread-safe.
 *
 * @param <K> what stands for a piece of work
 */
public final class WorkQueue<K> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WorkQueue.class.getName());
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

  private final String name;
  private final Work<K> work;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final Set<K> waiting = new HashSet<>();
  private final Set<K> running = new HashSet<>();
  private final Map<K, Integer> failures = new HashMap<>();
  private final Map<K, Alarm> alarms = new HashMap<>();
  private boolean closed;

  /**
   * What is done for a key.
   *
   * @param <K> what stands for a piece of work
   */
  @FunctionalInterface
  public interface Work<K> {
    /** Does it; whatever is thrown means that it has to be tried again. */
    void run(K key);
  }

  /**
   * @param name for threads and messages
   * @param threads how many keys are worked on at once
   */
  public WorkQueue(String name, int threads, Work<K> work) {
    this.name = name;
    this.work = work;
    this.workers = Executors.newFixedThreadPool(threads, daemons(name));
    this.timer = Executors.newSingleThreadScheduledExecutor(daemons(name + "-timer"));
  }

  /** Wants a key to be worked on soon. */
  public synchronized void add(K key) {
    if (!closed && waiting.add(key) && !running.contains(key)) {
      workers.execute(() -> run(key));
    }
  }

  /** Wants a key to be worked on when some time has passed; of several such wishes the soonest. */
  public synchronized void addAfter(K key, Duration delay) {
    long due = System.nanoTime() + delay.toNanos();
    Alarm set = alarms.get(key);
    if (closed || set != null && set.due() - due <= 0) {
      return;
    }
    if (set != null) {
      set.task().cancel(false);
    }
    long nanos = Math.max(0, delay.toNanos());
    alarms.put(key, new Alarm(due, timer.schedule(() -> ring(key), nanos, TimeUnit.NANOSECONDS)));
  }

  private synchronized void ring(K key) {
    alarms.remove(key);
    add(key);
  }

  private record Alarm(long due, Future<?> task) {}

  private void run(K key) {
    synchronized (this) {
      waiting.remove(key);
      running.add(key);
    }
    Duration retry = null;
    try {
      work.run(key);
      synchronized (this) {
        failures.remove(key);
      }
    } catch (RuntimeException e) {
      retry = retry(key, e);
    } finally {
      finish(key, retry);
    }
  }

  private synchronized void finish(K key, Duration retry) {
    running.remove(key);
    if (closed) {
      return;
    }
    if (waiting.contains(key)) {
      workers.execute(() -> run(key));
    } else if (retry != null) {
      addAfter(key, retry);
    }
  }

  private synchronized Duration retry(K key, RuntimeException e) {
    int times = failures.merge(key, 1, Integer::sum);
    long millis = FIRST_RETRY.toMillis() << Math.min(times - 1, 10);
    Duration delay = Duration.ofMillis(Math.min(millis, LONGEST_RETRY.toMillis()));
    if (!closed) {
      LOG.log(Level.FINE, e, () -> name + ": " + key + " is tried again in " + delay);
    }
    return delay;
  }

  /** Ends what is under way, at once. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    timer.shutdownNow();
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warning(name + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, name, e);
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
