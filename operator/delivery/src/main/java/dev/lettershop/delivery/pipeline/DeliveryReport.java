package dev.lettershop.delivery.pipeline;

/**
 * How sending ended.
 *
 * @param totals of this process
 */
public record DeliveryReport(End end, DeliveryTotals totals) {

  /** Why no more was sent. */
  public enum End {
    /** Nobody is planned or deferred any more. */
    Completed,
    /** Somebody cancelled; who was not reached is planned again. */
    Cancelled,
    /** The deadline came; who was not reached is planned or deferred still. */
    DeadlineReached
  }
}
