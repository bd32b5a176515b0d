package dev.lettershop.delivery.pipeline;

/** Told how far sending has come. */
@FunctionalInterface
public interface ProgressListener {

  /** Called after each flush, on one thread that records; should return soon. */
  void recorded(DeliveryTotals totals);
}
