package dev.lettershop.worker;

import dev.lettershop.store.ledger.Shard;

/**
 * A shard's part of the rate that a transport allows to all of a run's workers together.
 *
 * @param sends false when there are more shards than mails a second: the others do the work
 * @param perSecond most mails a second, or 0 for no limit
 */
record RateShare(boolean sends, int perSecond) {
  /**
   * @param perSecond of the transport, or null for no limit
   */
  static RateShare of(Integer perSecond, Shard shard) {
    if (perSecond == null) {
      return new RateShare(true, 0);
    }
    int rest = perSecond % shard.count();
    int share = perSecond / shard.count() + (shard.index() < rest ? 1 : 0);
    return new RateShare(share > 0, share);
  }
}
