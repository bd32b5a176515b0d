package dev.lettershop.store.audience;

import dev.lettershop.store.ledger.Run;

/** Decides a run's audience, exactly once. Thread-safe. */
public final class AudienceFreezer {

  public AudienceFreezer(dev.lettershop.store.database.Database database) {}

  /**
   * Decides who is mailed and who is not, unless that was done before; then nothing changes.
   *
   * @return the run as it is now: Frozen, Completed, or Refused when more people than {@code
   *     maxRecipients} would be mailed
   */
  public FreezeResult freeze(Run run, FreezeRequest request) {
    throw new UnsupportedOperationException();
  }
}
