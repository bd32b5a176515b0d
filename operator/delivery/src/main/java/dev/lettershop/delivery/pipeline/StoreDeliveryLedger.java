package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.RefusedAddress;
import dev.lettershop.delivery.policy.SendingTerms;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Outcome;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.store.pace.Slots;
import dev.lettershop.store.view.ProfileView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The store's ledger under one lease, which it keeps alive. Thread-safe. */
public final class StoreDeliveryLedger implements DeliveryLedger {
  private static final int WITH_EVENTS = 50;

  private final Ledger ledger;
  private final Lease lease;
  private final ProfileView view;
  private final SendingTerms terms;
  private final RelayBounces bounces;

  /** Without limits. */
  public StoreDeliveryLedger(Ledger ledger, Lease lease, ProfileView view) {
    this(ledger, lease, view, SendingTerms.NONE, null);
  }

  /**
   * @param lease the caller closes it after sending
   * @param view what rendering needs of a profile
   * @param terms what is heeded in common with others
   * @param bounces where refused addresses go, or null for nowhere
   */
  public StoreDeliveryLedger(
      Ledger ledger, Lease lease, ProfileView view, SendingTerms terms, RelayBounces bounces) {
    this.ledger = ledger;
    this.lease = lease.keepAlive();
    this.view = view;
    this.terms = terms;
    this.bounces = bounces;
  }

  @Override
  public List<Recipient> claim(int limit) {
    return ledger.claim(lease, Math.min(limit, mostAtOnce()), view, terms.transport());
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
  public void refused(List<RefusedAddress> refused) {
    if (bounces != null) {
      bounces.record(lease.run().id(), refused);
    }
  }

  @Override
  public void release(Collection<Long> profileIds) {
    ledger.unclaim(lease, profileIds);
  }

  @Override
  public void postpone(Map<Long, Duration> waits) {
    ledger.postpone(lease, waits);
  }

  @Override
  public Slots slots() {
    return terms.limits().isEmpty()
        ? null
        : ledger.slots(terms.limits(), terms.slotsAtOnce(), terms.priority());
  }

  @Override
  public void rest(String domain, int failures, Duration time) {
    if (terms.transport() != null) {
      ledger.rest(terms.transport(), domain, failures, time);
    }
  }

  @Override
  public void endRest(String domain) {
    if (terms.transport() != null) {
      ledger.endRest(terms.transport(), domain);
    }
  }

  @Override
  public boolean mayHandOver() {
    return lease.mayHandOver();
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
