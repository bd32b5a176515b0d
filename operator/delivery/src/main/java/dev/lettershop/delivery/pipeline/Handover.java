package dev.lettershop.delivery.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Messages that are marked as sending: those that wait for a sender and those in a sender's hands.
 * Thread-safe.
 */
final class Handover {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition left = lock.newCondition();
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private int inHands;

  /**
   * Adds messages.
   *
   * @return how many were waiting before; 0 means that senders may have been idle
   */
  int put(Collection<Letter> letters) {
    lock.lock();
    try {
      int before = waiting.size();
      waiting.addAll(letters);
      arrived.signalAll();
      return before;
    } finally {
      lock.unlock();
    }
  }

  /** The next message, which its taker must {@link #done}; null when none came in time. */
  Letter take(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long nanos = most.toNanos();
      while (waiting.isEmpty() && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      Letter letter = waiting.poll();
      if (letter != null) {
        inHands++;
        left.signal();
      }
      return letter;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves a message that was taken to another sender. */
  void giveBack(Letter letter) {
    lock.lock();
    try {
      waiting.addFirst(letter);
      inHands--;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** One message has an outcome. */
  void done() {
    lock.lock();
    try {
      inHands--;
      left.signal();
    } finally {
      lock.unlock();
    }
  }

  /** For one thread: waits until at most so many wait for a sender; says whether it is so. */
  boolean awaitWaiting(int most, Duration time) throws InterruptedException {
    return await(() -> waiting.size() <= most, time);
  }

  /** For one thread: waits until nothing waits and nothing is in hands; says whether it is so. */
  boolean awaitIdle(Duration time) throws InterruptedException {
    return await(() -> waiting.isEmpty() && inHands == 0, time);
  }

  private boolean await(BooleanSupplier wanted, Duration time) throws InterruptedException {
    lock.lock();
    try {
      long nanos = time.toNanos();
      while (!wanted.getAsBoolean() && nanos > 0) {
        nanos = left.awaitNanos(nanos);
      }
      return wanted.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
