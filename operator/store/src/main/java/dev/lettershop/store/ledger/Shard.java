package dev.lettershop.store.ledger;

/**
 * One of the processes that share the work of a run. Recipients are not bound to a shard: whoever
 * claims one has it. In figures, a recipient belongs to the shard that had it last; the first shard
 * also has those that no shard ever had.
 *
 * @param index 0-based
 * @param count how many there are, at least 1
 */
public record Shard(int index, int count) {
  /** The only one. */
  public static final Shard ONLY = new Shard(0, 1);

  public Shard {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "No shard " + index + " among " + count + "; they are counted from 0");
    }
  }

  /**
   * SQL that holds for a lease {@code l} (or none) of this shard. The first one also stands for
   * shards that a run had when there were more of them.
   */
  String condition() {
    return index == 0
        ? "(l.shard is null or l.shard = 0 or l.shard >= " + count + ")"
        : "(l.shard = " + index + ")";
  }
}
