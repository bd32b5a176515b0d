package dev.lettershop.delivery.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Messages that are marked as sending: those that wait for a sender, those in a sender's hands and
 * those whose outcome is not recorded yet. All of them are in doubt if the process dies, so there
 * are few for each connection. Thread-safe.
 */
final class Handover {
  /** Most messages that are marked at a time, for each connection. */
  static final int MARKED_EACH = 3;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition left = lock.newCondition();
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private final Set<Long> marked = new HashSet<>();
  private int inHands;

  /** What the thread that marks waits for; null while it does not wait. */
  private BooleanSupplier wanted;

  Handover(int connections) {
    this.most = MARKED_EACH * connections;
  }

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
      letters.forEach(letter -> marked.add(letter.profileId()));
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
        tellOfChange();
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
      tellOfChange();
    } finally {
      lock.unlock();
    }
  }

  /** What became of these is in the ledger. Those that were never marked may be among them. */
  void recorded(Collection<Long> profileIds) {
    lock.lock();
    try {
      profileIds.forEach(marked::remove);
      tellOfChange();
    } finally {
      lock.unlock();
    }
  }

  /**
   * For one thread: waits until at most so many wait for a sender, and more may be marked.
   *
   * @return how many more; 0 when the time is over
   */
  int awaitRoom(int waitingAtMost, Duration time) throws InterruptedException {
    lock.lock();
    try {
      return await(() -> waiting.size() <= waitingAtMost && marked.size() < most, time)
          ? most - marked.size()
          : 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * For one thread: waits until nothing waits, nothing is in hands and more may be marked; says
   * whether it is so.
   */
  boolean awaitIdle(Duration time) throws InterruptedException {
    return await(() -> waiting.isEmpty() && inHands == 0 && marked.size() < most, time);
  }

  private boolean await(BooleanSupplier condition, Duration time) throws InterruptedException {
    lock.lock();
    try {
      long nanos = time.toNanos();
      wanted = condition;
      while (!condition.getAsBoolean() && nanos > 0) {
        nanos = left.awaitNanos(nanos);
      }
      return condition.getAsBoolean();
    } finally {
      wanted = null;
      lock.unlock();
    }
  }

  /** Wakes the thread that waits only when its wait is over: every mail changes something here. */
  private void tellOfChange() {
    if (wanted != null && wanted.getAsBoolean()) {
      left.signal();
    }
  }
}
