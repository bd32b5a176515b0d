package dev.lettershop.delivery;

import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.ProfileView;
import dev.lettershop.store.ledger.Recipient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The store's ledger under one lease, which it keeps alive. Thread-safe. */
public final class StoreDeliveryLedger implements DeliveryLedger {
  private static final int WITH_EVENTS = 50;

  private final Ledger ledger;
  private final Lease lease;
  private final ProfileView view;

  /**
   * @param lease the caller closes it after sending
   * @param view what rendering needs of a profile
   */
  public StoreDeliveryLedger(Ledger ledger, Lease lease, ProfileView view) {
    this.ledger = ledger;
    this.lease = lease.keepAlive();
    this.view = view;
  }

  @Override
  public List<Recipient> claim(int limit) {
    return ledger.claim(lease, Math.min(limit, mostAtOnce()), view);
  }

  /** People come with up to a thousand events each: few at once then, so that memory stays flat. */
  @Override
  public int mostAtOnce() {
    return view.events().isEmpty() ? Integer.MAX_VALUE : WITH_EVENTS;
  }

  @Override
  public Set<Long> markSending(Collection<Long> profileIds) {
    return ledger.markSending(lease, profileIds);
  }

  @Override
  public void record(List<Outcome> outcomes) {
    ledger.record(lease, outcomes);
  }

  @Override
  public void release(Collection<Long> profileIds) {
    ledger.unclaim(lease, profileIds);
  }

  @Override
  public Optional<Duration> untilNextDue() {
    return ledger.untilNextDue(lease.run());
  }

  @Override
  public boolean isLost() {
    return lease.lost();
  }
}
