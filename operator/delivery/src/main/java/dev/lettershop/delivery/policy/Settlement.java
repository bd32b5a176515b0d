package dev.lettershop.delivery.policy;

import dev.lettershop.store.ledger.Outcome;
import java.time.Duration;

/** How a claimed recipient leaves the pipeline. */
public sealed interface Settlement {
  /** Whose it is. */
  long profileId();

  /**
   * With an outcome for the ledger.
   *
   * @param refused what the relay said about the address, or null
   */
  record Recorded(Outcome outcome, RefusedAddress refused) implements Settlement {
    /** Says nothing about the address. */
    public Recorded(Outcome outcome) {
      this(outcome, null);
    }

    @Override
    public long profileId() {
      return outcome.profileId();
    }
  }

  /**
   * Claimed, not handed over, and given back.
   *
   * @param hold how long nobody is to claim it
   */
  record Released(long profileId, Duration hold) implements Settlement {
    /** Whoever comes first may claim it. */
    public Released(long profileId) {
      this(profileId, Duration.ZERO);
    }
  }
}
