package dev.lettershop.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages that are marked as sending: those that wait for a sender and those in a sender's hands.
 * Thread-safe.
 */
final class Handover {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition waiting = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Letter> letters = new ArrayDeque<>();
  private final int few;
  private int open;

  /**
   * @param few how many keep all senders busy while the next ones are marked
   */
  Handover(int few) {
    this.few = few;
  }

  void put(Letter letter) {
    lock.lock();
    try {
      letters.add(letter);
      open++;
      waiting.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next message, which its taker must {@link #done}; null when none came in time. */
  Letter take(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (letters.isEmpty() && left > 0) {
        left = waiting.awaitNanos(left);
      }
      return letters.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Leaves a message that was taken to another sender; it counts as open still. */
  void giveBack(Letter letter) {
    lock.lock();
    try {
      letters.addFirst(letter);
      waiting.signal();
    } finally {
      lock.unlock();
    }
  }

  /** One message has an outcome. */
  void done() {
    lock.lock();
    try {
      open--;
      if (open < few) {
        room.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until fewer than {@code limit} messages are open, at most so long.
   *
   * @param limit at most what the constructor was given
   * @return whether it is so
   */
  boolean awaitFewerThan(int limit, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (open >= limit && left > 0) {
        left = room.awaitNanos(left);
      }
      return open < limit;
    } finally {
      lock.unlock();
    }
  }

  int few() {
    return few;
  }
}
