package dev.lettershop.delivery.policy;

/**
 * How many messages to mark at a time: as few as keep the senders busy, because what is marked and
 * not sent is in doubt after a crash. Grows while senders run out of messages during a marking,
 * shrinks while they do not. For one thread.
 */
public final class BatchSize {
  private final int least;
  private final int most;
  private int size;

  /**
   * @param least at least 1
   */
  public BatchSize(int least, int most) {
    this.least = least;
    this.most = Math.max(least, most);
    this.size = least;
  }

  public int size() {
    return size;
  }

  /** At how many waiting messages the next batch should be marked. */
  public int refillAt() {
    return size / 2;
  }

  /**
   * @param leftOver messages that still waited when a batch had been marked
   */
  public void marked(int leftOver) {
    if (leftOver == 0) {
      size = Math.min(most, size * 2);
    } else if (leftOver > refillAt() / 2) {
      size = Math.max(least, size - Math.max(1, size / 8));
    }
  }
}
