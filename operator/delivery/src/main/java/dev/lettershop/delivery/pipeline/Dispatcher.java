package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.BatchSize;
import dev.lettershop.delivery.policy.DomainGate;
import dev.lettershop.delivery.policy.RelayHealth;
import dev.lettershop.delivery.policy.Settlement;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.store.database.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The thread that decides when messages go out. It marks them in the ledger in small batches, and
 * only as fast as the rate allows and senders are free: what is marked and not sent is in doubt if
 * the process dies.
 */
final class Dispatcher implements Runnable {
  private static final Duration POLL = Duration.ofMillis(50);

  /** How long somebody waits at least for whose domain too many wait already. */
  private static final Duration CROWDED = Duration.ofSeconds(1);

  private final DeliveryLedger ledger;
  private final ProbedRelay relay;
  private final RelayHealth health;
  private final DomainGate domains;
  private final Pace pace;
  private final BlockingQueue<Letter> composed;
  private final Handover handover;
  private final BatchSize batchSize;
  private final Settlements settlements;
  private final Flow flow;
  private final DoubleSupplier random;

  /** Messages whose domains have enough under way; those taken and not dispatched come first. */
  private final Deque<Letter> parked = new ArrayDeque<>();

  Dispatcher(
      SharedState shared,
      ProbedRelay relay,
      Pace pace,
      BlockingQueue<Letter> composed,
      BatchSize batchSize,
      DoubleSupplier random) {
    this.ledger = shared.ledger();
    this.relay = relay;
    this.health = shared.health();
    this.domains = shared.domains();
    this.pace = pace;
    this.composed = composed;
    this.handover = shared.handover();
    this.batchSize = batchSize;
    this.settlements = shared.settlements();
    this.flow = shared.flow();
    this.random = random;
  }

  @Override
  public void run() {
    try {
      while (!flow.isFinished()) {
        step();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      flow.fail(e);
    } finally {
      relay.close();
    }
  }

  private void step() throws InterruptedException {
    if (flow.isStopping()) {
      releaseComposed();
    } else if (health.isPaused()) {
      flow.awaitChange(POLL);
    } else if (health.isInDoubt()) {
      if (handover.awaitIdle(POLL)) {
        dispatchAtMost(1);
      }
    } else {
      int room = handover.awaitRoom(batchSize.refillAt(), POLL);
      if (room > 0) {
        dispatchAtMost(Math.min(room, batchSize.size()));
      }
    }
  }

  private void releaseComposed() throws InterruptedException {
    parked.forEach(waiting -> settlements.add(new Settlement.Released(waiting.profileId())));
    parked.clear();
    Letter letter = composed.poll(POLL.toNanos(), TimeUnit.NANOSECONDS);
    if (letter != null) {
      settlements.add(new Settlement.Released(letter.profileId()));
    }
  }

  private void dispatchAtMost(int wanted) throws InterruptedException {
    Letter first = next(true);
    if (first == null) {
      return;
    }
    int permits = pace.take(wanted);
    if (permits == 0) {
      putBack(first);
      flow.awaitChange(pace.untilNext());
      return;
    }
    if (!answers()) {
      pace.giveBack(permits);
      putBack(first);
      return;
    }
    List<Letter> batch = new ArrayList<>(permits);
    for (Letter letter = first; letter != null; ) {
      batch.add(letter);
      letter = batch.size() < permits ? next(false) : null;
    }
    pace.giveBack(permits - batch.size());
    if (flow.isStopping()) {
      // What made it stop may have come while this thread waited.
      batch.forEach(this::release);
    } else {
      mark(batch, batch.size() == wanted);
    }
  }

  /**
   * Whether the relay can be reached. One that fails is tried before a message is marked, so that
   * no recipient pays for finding out; and only when a message waits for it, because every try is a
   * session that the relay has to serve.
   */
  private boolean answers() {
    if (!health.isFailing() || health.hasOpenConnection()) {
      return true;
    }
    try {
      relay.probe();
      return true;
    } catch (RelayException e) {
      if (health.isHopeless(e) || health.failed(e.code())) {
        flow.fail(e);
      }
      return false;
    }
  }

  /**
   * A message that may go out now; its domain knows of it from here on. Null when there is none.
   */
  private Letter next(boolean wait) throws InterruptedException {
    for (int i = parked.size(); i > 0; i--) {
      Letter letter = parked.poll();
      if (isInTime(letter)) {
        if (domains.enter(letter.domain())) {
          return letter;
        }
        parked.add(letter);
      }
    }
    Letter letter = wait ? composed.poll(POLL.toNanos(), TimeUnit.NANOSECONDS) : composed.poll();
    while (letter != null) {
      if (isInTime(letter)) {
        if (domains.enter(letter.domain())) {
          return letter;
        }
        park(letter);
      }
      letter = composed.poll();
    }
    return null;
  }

  /** Who has to wait is given back, and claimed again when the time has come. */
  private boolean isInTime(Letter letter) {
    Duration rest = domains.restOf(letter.domain());
    if (!rest.isZero()) {
      postpone(letter, rest);
    } else if (letter.isTooLate(System.nanoTime())) {
      postpone(letter, Duration.ZERO);
    } else {
      return true;
    }
    return false;
  }

  private void park(Letter letter) {
    if (parked.size() < DeliveryOptions.COMPOSED) {
      parked.add(letter);
    } else {
      postpone(letter, CROWDED);
    }
  }

  private void postpone(Letter letter, Duration least) {
    Duration wait = least.plus(Duration.ofMillis((long) (least.toMillis() * random.getAsDouble())));
    settlements.add(new Settlement.Released(letter.profileId(), wait));
  }

  private void putBack(Letter letter) {
    domains.left(letter.domain(), null, false);
    parked.addFirst(letter);
  }

  private void release(Letter letter) {
    domains.left(letter.domain(), null, false);
    settlements.add(new Settlement.Released(letter.profileId()));
  }

  /**
   * @param isFull whether there were as many messages as were wanted
   */
  private void mark(List<Letter> batch, boolean isFull) {
    if (ledger.isLost()) {
      flow.fail(
          new StoreException(
              StoreException.Kind.Conflict,
              "The lease on this shard was lost, so another process may be sending it: run again"));
      batch.forEach(letter -> domains.left(letter.domain(), null, false));
      flow.left(batch.size());
      return;
    }
    Set<Long> ours;
    try {
      ours = ledger.markSending(batch.stream().map(Letter::profileId).toList());
    } catch (RuntimeException e) {
      // Whether they are marked is not known; that they were not handed over is.
      flow.fail(e);
      batch.forEach(this::release);
      return;
    }
    List<Letter> marked = new ArrayList<>(batch.size());
    for (Letter letter : batch) {
      if (ours.contains(letter.profileId())) {
        marked.add(letter);
      } else {
        domains.left(letter.domain(), null, false);
      }
    }
    flow.left(batch.size() - marked.size());
    int leftOver = handover.put(marked);
    if (isFull) {
      batchSize.marked(leftOver);
    }
  }
}
