package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.Settlement;
import dev.lettershop.store.ledger.Outcome;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that turns claimed recipients into messages. */
final class Composer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Composer.class);

  private final MailComposer composer;
  private final OutcomePolicy policy;
  private final BlockingQueue<ClaimedRecipient> claimed;
  private final BlockingQueue<Letter> composed;
  private final Settlements settlements;
  private final Flow flow;
  private final AtomicBoolean reported;

  /**
   * @param reported shared by all composers, so that a template's fault is logged once and not once
   *     a recipient
   */
  Composer(
      MailComposer composer,
      OutcomePolicy policy,
      BlockingQueue<ClaimedRecipient> claimed,
      BlockingQueue<Letter> composed,
      Settlements settlements,
      Flow flow,
      AtomicBoolean reported) {
    this.composer = composer;
    this.policy = policy;
    this.claimed = claimed;
    this.composed = composed;
    this.settlements = settlements;
    this.flow = flow;
    this.reported = reported;
  }

  @Override
  public void run() {
    try {
      while (!flow.isFinished()) {
        ClaimedRecipient next = claimed.poll(50, TimeUnit.MILLISECONDS);
        if (next != null) {
          compose(next);
        }
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      flow.fail(e);
    }
  }

  private void compose(ClaimedRecipient next) throws InterruptedException {
    long profileId = next.recipient().profileId();
    if (flow.isStopping()) {
      settlements.add(new Settlement.Released(profileId));
      return;
    }
    try {
      pass(Letter.of(next, composer.compose(next.recipient())));
    } catch (CompositionException e) {
      if (reported.compareAndSet(false, true)) {
        // The cause's message may quote the profile; its type and place do not.
        LOG.warn(
            "A recipient has no message: {} ({}); the ledger says so of each",
            e.code(),
            e.getCause().getClass().getName());
      }
      Outcome outcome =
          e.isTemporary()
              ? policy.notComposed(profileId, next.recipient().attempts(), e.code())
              : Outcome.failed(profileId, e.code(), e.reason());
      settlements.add(new Settlement.Recorded(outcome));
    }
  }

  private void pass(Letter letter) throws InterruptedException {
    while (!composed.offer(letter, 50, TimeUnit.MILLISECONDS)) {
      if (flow.isStopping()) {
        settlements.add(new Settlement.Released(letter.profileId()));
        return;
      }
    }
  }
}
