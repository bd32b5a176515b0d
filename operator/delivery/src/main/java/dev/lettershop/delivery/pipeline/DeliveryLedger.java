package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.RefusedAddress;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.pace.Slots;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the ledger that sending needs, for one shard of one run under one lease. Methods
 * throw unchecked exceptions when the database cannot be reached. Must be thread-safe.
 */
public interface DeliveryLedger {

  /**
   * Takes recipients that are planned, or deferred and due.
   *
   * @param limit at least 1
   * @return at most so many; empty when there is none at the moment
   */
  List<Recipient> claim(int limit);

  /** How many recipients may be held in memory at once, as far as the ledger is concerned. */
  default int mostAtOnce() {
    return Integer.MAX_VALUE;
  }

  /**
   * Says that these are about to be handed to the relay; has been committed when it returns.
   *
   * @return those that are still ours; only they may be handed over
   */
  Set<Long> markSending(Collection<Long> profileIds);

  /** Records what became of recipients, claimed or marked. May be repeated after an error. */
  void record(List<Outcome> outcomes);

  /** Records addresses that the relay refused for good. May be repeated after an error. */
  default void refused(List<RefusedAddress> refused) {}

  /** Gives back recipients that were claimed and not marked; they are planned again. */
  void release(Collection<Long> profileIds);

  /** The same, for a while: they are not claimed again before. */
  void postpone(Map<Long, Duration> waits);

  /**
   * Takes slots of the rate limits that hold for what is sent.
   *
   * @return null when there is no limit
   */
  default Slots slots() {
    return null;
  }

  /** Lets everybody who sends through the same transport leave a domain alone for a while. */
  default void rest(String domain, int failures, Duration time) {}

  /** The domain takes mail again. */
  default void endRest(String domain) {}

  /** How long until a deferred recipient of the run falls due; empty when none is deferred. */
  Optional<Duration> untilNextDue();

  /**
   * Whether what is marked may still be handed over; asked just before. False when this process may
   * have been taken for dead, and what it marked be sent by another. Asks no database.
   */
  default boolean mayHandOver() {
    return true;
  }

  /** Whether the lease is lost, and with it everything claimed. Asks no database. */
  boolean isLost();
}
