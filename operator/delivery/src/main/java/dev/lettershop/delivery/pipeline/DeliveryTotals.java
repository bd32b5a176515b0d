package dev.lettershop.delivery.pipeline;

import dev.lettershop.store.ledger.Outcome;

/**
 * What this process has recorded since it began; a recipient that is deferred twice counts twice.
 */
public record DeliveryTotals(long sent, long failed, long deferred, long uncertain) {
  /** Of a process that has done nothing. */
  public static final DeliveryTotals NONE = new DeliveryTotals(0, 0, 0, 0);

  DeliveryTotals plus(Outcome outcome) {
    return switch (outcome.state()) {
      case Sent -> new DeliveryTotals(sent + 1, failed, deferred, uncertain);
      case Failed -> new DeliveryTotals(sent, failed + 1, deferred, uncertain);
      case Deferred -> new DeliveryTotals(sent, failed, deferred + 1, uncertain);
      case Uncertain -> new DeliveryTotals(sent, failed, deferred, uncertain + 1);
      default -> this;
    };
  }
}
