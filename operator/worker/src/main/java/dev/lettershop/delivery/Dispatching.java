package dev.lettershop.delivery;

import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.store.database.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread that decides when messages go out. It marks them in the ledger in small batches, and
 * only as fast as the rate allows and senders are free: what is marked and not sent is in doubt if
 * the process dies.
 */
final class Dispatching implements Runnable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final DeliveryLedger ledger;
  private final MailRelay relay;
  private final RelayHealth health;
  private final RateLimiter rate;
  private final BlockingQueue<Letter> composed;
  private final Handover handover;
  private final BatchSize batchSize;
  private final BlockingQueue<Settlement> settlements;
  private final Flow flow;

  Dispatching(
      DeliveryLedger ledger,
      MailRelay relay,
      RelayHealth health,
      RateLimiter rate,
      BlockingQueue<Letter> composed,
      Handover handover,
      BatchSize batchSize,
      BlockingQueue<Settlement> settlements,
      Flow flow) {
    this.ledger = ledger;
    this.relay = relay;
    this.health = health;
    this.rate = rate;
    this.composed = composed;
    this.handover = handover;
    this.batchSize = batchSize;
    this.settlements = settlements;
    this.flow = flow;
  }

  @Override
  public void run() {
    try {
      while (!flow.isFinished()) {
        step();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      flow.fail(e);
    }
  }

  private void step() throws InterruptedException {
    if (flow.isStopping()) {
      releaseComposed();
    } else if (!mayUseRelay()) {
      flow.awaitChange(POLL);
    } else if (health.isInDoubt()) {
      if (handover.awaitIdle(POLL)) {
        dispatchAtMost(1);
      }
    } else if (handover.awaitWaiting(batchSize.refillAt(), POLL)) {
      dispatchAtMost(batchSize.size());
    }
  }

  private void releaseComposed() throws InterruptedException {
    Letter letter = composed.poll(POLL.toNanos(), TimeUnit.NANOSECONDS);
    if (letter != null) {
      settlements.add(new Settlement.Released(letter.profileId()));
    }
  }

  /** A relay that fails is called first, so that no recipient pays for finding out. */
  private boolean mayUseRelay() {
    if (health.isPaused()) {
      return false;
    }
    if (!health.isFailing() || health.hasOpenConnection()) {
      return true;
    }
    try {
      relay.connect().close();
      return true;
    } catch (RelayException e) {
      if (health.isHopeless(e) || health.failed(e.code())) {
        flow.fail(e);
      }
      return false;
    }
  }

  private void dispatchAtMost(int wanted) throws InterruptedException {
    int permits = rate.take(wanted);
    if (permits == 0) {
      flow.awaitChange(rate.untilNext());
      return;
    }
    List<Letter> batch = new ArrayList<>(permits);
    Letter first = composed.poll(POLL.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      batch.add(first);
      composed.drainTo(batch, permits - 1);
      if (flow.isStopping()) {
        // What made it stop may have come while this thread waited.
        batch.forEach(letter -> settlements.add(new Settlement.Released(letter.profileId())));
      } else {
        mark(batch);
      }
    }
    rate.giveBack(permits - batch.size());
  }

  private void mark(List<Letter> batch) {
    if (ledger.isLost()) {
      flow.fail(
          new StoreException(
              StoreException.Kind.Conflict,
              "The lease on this shard was lost, so another process may be sending it: run again"));
      flow.left(batch.size());
      return;
    }
    Set<Long> ours;
    try {
      ours = ledger.markSending(batch.stream().map(Letter::profileId).toList());
    } catch (RuntimeException e) {
      // Whether they are marked is not known; that they were not handed over is.
      flow.fail(e);
      batch.forEach(letter -> settlements.add(new Settlement.Released(letter.profileId())));
      return;
    }
    List<Letter> marked =
        batch.stream().filter(letter -> ours.contains(letter.profileId())).toList();
    flow.left(batch.size() - marked.size());
    int leftOver = handover.put(marked);
    if (batch.size() == batchSize.size()) {
      batchSize.marked(leftOver);
    }
  }
}
