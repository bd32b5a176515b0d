package dev.lettershop.worker.status;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes a status now and then when it has changed, and at the end, in a thread of its own.
 * Whatever the API server does, nobody waits for it, but at the end for {@link #LAST_WORDS}.
 * Thread-safe.
 */
public final class StatusReporter {
  /** No object's status is written more often. */
  public static final Duration PERIOD = Duration.ofSeconds(5);

  /** How long the end may wait for the last status to be written. */
  public static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final Duration SECOND_TRY = Duration.ofMillis(300);
  private static final int NOT_FOUND = 404;

  private final StatusPatch patch;
  private final Consumer<String> note;
  private final Duration period;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Object changed = new Object();
  private Supplier<?> last;
  private Object written;
  private String told = "";

  /**
   * @param note takes what people should know, in one sentence, when it changes
   */
  public StatusReporter(StatusPatch patch, Consumer<String> note) {
    this(patch, note, PERIOD);
  }

  /**
   * @param note takes what people should know, in one sentence, when it changes
   * @param period between two looks whether there is something to write
   */
  public StatusReporter(StatusPatch patch, Consumer<String> note, Duration period) {
    this.patch = patch;
    this.note = note;
    this.period = period;
  }

  /**
   * Begins to write.
   *
   * @param status is asked in the reporter's thread; null for no status before the last
   */
  public void start(Supplier<?> status) {
    Thread thread = new Thread(() -> report(status), "status");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Writes the last status, if it can be done soon.
   *
   * @param status null for none
   */
  public void end(Object status) {
    synchronized (changed) {
      last = () -> status;
      changed.notifyAll();
    }
    try {
      done.await(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report(Supplier<?> status) {
    try {
      while (!ended()) {
        if (status != null) {
          write(status);
        }
        rest(period);
      }
      long until = System.nanoTime() + LAST_WORDS.toNanos();
      while (last.get() != null && !write(last) && System.nanoTime() - until < 0) {
        TimeUnit.NANOSECONDS.sleep(SECOND_TRY.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
  }

  private boolean ended() {
    synchronized (changed) {
      return last != null;
    }
  }

  /** Until the time has passed, or the end has come. */
  private void rest(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    synchronized (changed) {
      long left = time.toMillis();
      while (last == null && left > 0) {
        changed.wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    }
  }

  private boolean write(Supplier<?> status) throws InterruptedException {
    try {
      Object now = status.get();
      if (now.equals(written)) {
        return true;
      }
      int answer = patch.patch(now);
      if (answer / 100 == 2) {
        written = now;
        tell("");
        return true;
      }
      if (answer != NOT_FOUND) {
        tell("the API server answered " + answer + " to the status; it is tried again");
      }
    } catch (IOException | RuntimeException e) {
      tell("the API server cannot be told the status (" + e.getClass().getSimpleName() + ")");
    }
    return false;
  }

  /** Once for each thing there is to say. */
  private void tell(String message) {
    if (!message.equals(told)) {
      told = message;
      if (!message.isEmpty()) {
        note.accept(message);
      }
    }
  }
}
