package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What became of recipients and is not in the ledger yet. A transaction costs about the same for
 * one of them as for twenty, so whoever takes them gets a batch: one for each connection, or those
 * that came within a few milliseconds. Bounded by what is claimed. Thread-safe.
 */
final class Settlements {
  private final int company;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition some = lock.newCondition();
  private final Condition enough = lock.newCondition();
  private final Deque<Settlement> waiting = new ArrayDeque<>();

  /**
   * @param company how many make a batch that is worth writing, at least 1
   * @param patience how long the first of a batch waits for company
   */
  Settlements(int company, Duration patience) {
    this.company = company;
    this.patience = patience;
  }

  void add(Settlement settlement) {
    lock.lock();
    try {
      waiting.add(settlement);
      if (waiting.size() == 1) {
        some.signal();
      }
      if (waiting.size() == company) {
        enough.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * For one thread: the next batch.
   *
   * @param most settlements in it
   * @param time how long to wait for the first
   * @return in the order in which they came; empty when none came in time
   */
  List<Settlement> take(int most, Duration time) throws InterruptedException {
    lock.lock();
    try {
      long nanos = time.toNanos();
      while (waiting.isEmpty() && nanos > 0) {
        nanos = some.awaitNanos(nanos);
      }
      nanos = waiting.isEmpty() ? 0 : patience.toNanos();
      while (waiting.size() < company && nanos > 0) {
        nanos = enough.awaitNanos(nanos);
      }
      List<Settlement> batch = new ArrayList<>(Math.min(most, waiting.size()));
      while (batch.size() < most && !waiting.isEmpty()) {
        batch.add(waiting.poll());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
