package dev.lettershop.store.ledger;

import static dev.lettershop.store.ledger.DeliveryState.Claimed;
import static dev.lettershop.store.ledger.DeliveryState.Deferred;
import static dev.lettershop.store.ledger.DeliveryState.Failed;
import static dev.lettershop.store.ledger.DeliveryState.Planned;
import static dev.lettershop.store.ledger.DeliveryState.Sending;
import static dev.lettershop.store.ledger.DeliveryState.Sent;
import static dev.lettershop.store.ledger.DeliveryState.Skipped;
import static dev.lettershop.store.ledger.DeliveryState.Uncertain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The ledger's table of states: every legal change of a row's state, and what causes it. A row that
 * is not listed for a cause is left as it is by it.
 *
 * <p>{@code Sent} and {@code Skipped} are final. {@code Failed} ends with a request to resume the
 * run, {@code Uncertain} also with the word of the worker that was sending, should it come late.
 */
public enum Transition {
  /** An audience is frozen, or somebody who has signed up is asked to confirm it: rows begin. */
  Begin(rows(null, Planned, Skipped)),

  /**
   * The owner of a lease takes recipients. Who may not be mailed any more is skipped; who has to
   * wait (quiet hours, a domain at rest) stays as it was.
   */
  Claim(rows(Planned, Claimed, Skipped), rows(Deferred, Claimed, Skipped)),

  /** An experiment is decided: those who waited for it are mailed now, or not at all. */
  Decide(rows(Planned, Skipped)),

  /** The owner of a live lease is about to hand a message over. */
  MarkSending(rows(Claimed, Sending)),

  /**
   * The worker that claimed a row says what became of it, also after its lease has ended. What was
   * in doubt is settled, but never tried again: the run may have ended.
   */
  Record(
      rows(Claimed, Failed, Deferred, Skipped, Uncertain),
      rows(Sending, Sent, Failed, Deferred, Skipped, Uncertain),
      rows(Uncertain, Sent, Failed, Skipped)),

  /** The worker that claimed a row has handed nothing over; in doubt only while the run goes on. */
  GiveBack(rows(Claimed, Planned), rows(Sending, Planned), rows(Uncertain, Planned)),

  /**
   * A lease ends, by its owner or because the owner is gone. What was being sent is in doubt, or
   * planned again where the run's policy is Resend.
   */
  EndLease(rows(Claimed, Planned), rows(Sending, Uncertain, Planned)),

  /** Somebody asks for a run again for those whom it missed. */
  Resume(rows(Failed, Planned), rows(Uncertain, Planned)),

  /** Two profiles turn out to be one person: a run under way mails them once. */
  Merge(rows(Planned, Skipped), rows(Deferred, Skipped)),

  /** A person is erased: a run under way does not mail them any more. */
  Erase(rows(Planned, Skipped), rows(Deferred, Skipped));

  /** The states that one state may change to; {@code from} null is a row that begins. */
  private record Rows(DeliveryState from, Set<DeliveryState> to) {}

  private static Rows rows(DeliveryState from, DeliveryState first, DeliveryState... others) {
    return new Rows(from, EnumSet.of(first, others));
  }

  private final Set<DeliveryState> initial;
  private final Map<DeliveryState, Set<DeliveryState>> changes;

  Transition(Rows... all) {
    Set<DeliveryState> begins = EnumSet.noneOf(DeliveryState.class);
    Map<DeliveryState, Set<DeliveryState>> map = new EnumMap<>(DeliveryState.class);
    for (Rows row : all) {
      if (row.from() == null) {
        begins.addAll(row.to());
      } else {
        map.put(row.from(), Collections.unmodifiableSet(row.to()));
      }
    }
    this.initial = Collections.unmodifiableSet(begins);
    this.changes = Collections.unmodifiableMap(map);
  }

  /** States in which rows begin; empty unless this makes rows. */
  public Set<DeliveryState> initial() {
    return initial;
  }

  /** What each state may change to; states that this leaves alone are not among them. */
  public Map<DeliveryState, Set<DeliveryState>> changes() {
    return changes;
  }

  /** Whether any state may change to this one. */
  public boolean reaches(DeliveryState state) {
    return changes.values().stream().anyMatch(to -> to.contains(state));
  }
}
