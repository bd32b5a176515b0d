package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.RefusedAddress;
import dev.lettershop.delivery.policy.Settlement;
import dev.lettershop.store.ledger.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes to the ledger as soon as there are any worth a transaction. A lost outcome can
 * mean a duplicate mail, so a database that fails is asked again for a while.
 */
final class OutcomeRecorder implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeRecorder.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration RETRY = Duration.ofMillis(250);

  private final DeliveryLedger ledger;
  private final Settlements settlements;
  private final Handover handover;
  private final Flow flow;
  private final ProgressListener progress;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private volatile boolean broken;
  private volatile DeliveryTotals totals = DeliveryTotals.NONE;

  OutcomeRecorder(
      DeliveryLedger ledger,
      Settlements settlements,
      Handover handover,
      Flow flow,
      ProgressListener progress,
      Duration patience,
      LongSupplier nanoTime) {
    this.ledger = ledger;
    this.settlements = settlements;
    this.handover = handover;
    this.flow = flow;
    this.progress = progress;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  DeliveryTotals totals() {
    return totals;
  }

  @Override
  public void run() {
    try {
      while (!flow.isFinished() || !settlements.isEmpty()) {
        List<Settlement> batch = settlements.take(DeliveryOptions.RECORD, POLL);
        if (!batch.isEmpty()) {
          flush(batch);
        }
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      flow.fail(e);
      broken = true;
    }
  }

  /** Whether nothing is recorded any more, so that nobody inside comes out. */
  boolean isBroken() {
    return broken;
  }

  private void flush(List<Settlement> batch) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    List<RefusedAddress> refused = new ArrayList<>();
    Map<Long, Duration> released = new HashMap<>();
    for (Settlement settlement : batch) {
      if (settlement instanceof Settlement.Recorded recorded) {
        outcomes.add(recorded.outcome());
        if (recorded.refused() != null) {
          refused.add(recorded.refused());
        }
      } else if (settlement instanceof Settlement.Released given) {
        released.put(given.profileId(), given.hold());
      }
    }
    if (!refused.isEmpty()) {
      // First, so that nobody is recorded as failed whose address was not.
      insist(() -> ledger.refused(refused));
    }
    if (!outcomes.isEmpty()) {
      insist(() -> ledger.record(outcomes));
    }
    if (!released.isEmpty()) {
      insist(() -> ledger.postpone(released));
    }
    DeliveryTotals sum = totals;
    for (Outcome outcome : outcomes) {
      sum = sum.plus(outcome);
    }
    totals = sum;
    handover.recorded(batch.stream().map(Settlement::profileId).toList());
    flow.left(batch.size());
    tell(sum);
  }

  /** Nobody who only looks on may stop the recording. */
  private void tell(DeliveryTotals sum) {
    try {
      progress.recorded(sum);
    } catch (RuntimeException e) {
      LOG.warn("Progress could not be shown ({})", e.getClass().getName());
    }
  }

  private void insist(Runnable write) throws InterruptedException {
    long giveUpAt = nanoTime.getAsLong() + patience.toNanos();
    while (true) {
      try {
        write.run();
        return;
      } catch (RuntimeException e) {
        // A lease may be lost because the database was away; what happened is true all the same.
        if (nanoTime.getAsLong() - giveUpAt > 0) {
          throw e;
        }
        LOG.warn("Outcomes could not be recorded ({}); trying again", e.getClass().getName());
      }
      TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
    }
  }
}
