package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.bounce.Refusal;
import dev.lettershop.delivery.pipeline.OutcomePolicy.RelaySign;
import dev.lettershop.delivery.policy.DomainGate;
import dev.lettershop.delivery.policy.RefusedAddress;
import dev.lettershop.delivery.policy.RelayHealth;
import dev.lettershop.delivery.policy.Settlement;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.delivery.smtp.RelaySession;
import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpResult.PermanentFailure;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;
import dev.lettershop.delivery.smtp.SmtpStage;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.ledger.DeliveryState;
import dev.lettershop.store.ledger.Outcome;
import java.time.Duration;
import java.util.Optional;

/** One thread with one connection that hands over what is marked. */
final class Sender implements Runnable {
  private static final Duration POLL = Duration.ofMillis(50);

  /** Of a sender that gets no connection while others do. */
  private static final Duration REST = Duration.ofSeconds(3);

  private final RelaySession session;
  private final OutcomePolicy policy;
  private final Handover handover;
  private final Settlements settlements;
  private final RelayHealth health;
  private final DomainGate domains;
  private final DeliveryLedger ledger;
  private final Flow flow;
  private boolean connected;
  private long idlePolls;

  Sender(SharedState shared, RelaySession session, OutcomePolicy policy) {
    this.session = session;
    this.policy = policy;
    this.handover = shared.handover();
    this.settlements = shared.settlements();
    this.health = shared.health();
    this.domains = shared.domains();
    this.ledger = shared.ledger();
    this.flow = shared.flow();
  }

  @Override
  public void run() {
    try (session) {
      while (!flow.isFinished()) {
        noteConnection();
        if (isBetterLeftToOthers()) {
          flow.awaitChange(POLL);
        } else {
          next();
        }
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      flow.fail(e);
    }
  }

  private void next() throws InterruptedException {
    Letter letter = handover.take(POLL);
    if (letter != null) {
      idlePolls = 0;
      send(letter);
    } else if (++idlePolls * POLL.toMillis() > DeliveryOptions.IDLE.toMillis()) {
      session.close();
      idlePolls = 0;
    }
  }

  private void noteConnection() {
    if (session.isOpen() != connected) {
      connected = session.isOpen();
      if (connected) {
        health.connectionOpened();
      } else {
        health.connectionClosed();
      }
    }
  }

  /** A relay in doubt is asked through a connection that is there, if there is one. */
  private boolean isBetterLeftToOthers() {
    return !connected && health.isInDoubt() && health.hasOpenConnection();
  }

  private void send(Letter letter) throws InterruptedException {
    if (health.isPaused()) {
      release(letter);
      return;
    }
    try {
      session.open();
    } catch (RelayException e) {
      withoutConnection(letter, e);
      return;
    }
    handOver(letter);
  }

  private void handOver(Letter letter) {
    if (!ledger.mayHandOver()) {
      flow.fail(
          new StoreException(
              StoreException.Kind.Conflict,
              "This process stood still for longer than its lease, so another may be sending in its"
                  + " place: run again"));
      release(letter);
      return;
    }
    try {
      SmtpResult result = session.send(letter.message());
      // A relay that has taken nothing yet may refuse because it is not configured right, and one
      // that refuses everything because something is amiss with the account.
      boolean suspicious = health.isSuspicious();
      judge(result);
      Outcome outcome =
          suspicious && policy.isPolicyRefusal(result)
              ? policy.postponed(letter, result)
              : policy.outcome(letter, result);
      settle(letter, outcome, result, suspicious ? null : refused(letter, outcome, result));
    } catch (RelayException e) {
      // Only opening a connection throws it here: nothing was handed over.
      fail(e);
      release(letter);
    } catch (RuntimeException e) {
      // How far the message came is not known.
      flow.fail(e);
      settle(letter, Outcome.uncertain(letter.profileId(), "InternalError"), null, null);
    }
  }

  /** A relay that serves other senders only takes no more connections: leave the work to them. */
  private void withoutConnection(Letter letter, RelayException e) throws InterruptedException {
    boolean servesOthers = health.workedLately() || health.hasOpenConnection();
    if (e.isTransient() && servesOthers && !flow.isStopping()) {
      handover.giveBack(letter);
      flow.rest(REST);
      return;
    }
    fail(e);
    release(letter);
  }

  private void fail(RelayException e) {
    if (health.isHopeless(e) || health.failed(e.code())) {
      flow.fail(e);
    }
  }

  private void judge(SmtpResult result) {
    switch (policy.sign(result)) {
      case Accepts -> health.accepted();
      case Works -> health.works();
      case Refuses -> {
        if (health.refused(result.code())) {
          flow.fail(RelayException.refusesEverybody(result.code()));
        }
      }
      case Fails -> failed(result);
      case RefusesSender -> {
        if (health.hasEverAccepted()) {
          failed(result);
        } else {
          flow.fail(RelayException.senderRefused(result.code()));
        }
      }
    }
  }

  private void failed(SmtpResult result) {
    if (health.failed(result.code())) {
      flow.fail(RelayException.keepsFailing(result.code()));
    }
  }

  /** Nothing of it was handed over. */
  private void release(Letter letter) {
    domains.left(letter.domain(), null, false);
    settlements.add(new Settlement.Released(letter.profileId()));
    handover.done();
  }

  /** What is known of the address now; null when nothing is. */
  private RefusedAddress refused(Letter letter, Outcome outcome, SmtpResult result) {
    Optional<Refusal> refusal = Optional.empty();
    if (outcome.state() != DeliveryState.Failed || policy.sign(result) == RelaySign.Fails) {
      return null;
    } else if (result instanceof PermanentFailure failure && failure.stage().isAboutRecipient()) {
      refusal = Refusal.of(failure.code(), failure.words(), failure.stage() == SmtpStage.Rcpt);
    } else if (result instanceof TransientFailure failure && failure.stage().isAboutRecipient()) {
      refusal = Refusal.inVain(failure.code(), failure.words(), failure.stage() == SmtpStage.Rcpt);
    }
    return refusal
        .map(r -> new RefusedAddress(letter.profileId(), letter.message().recipient().text(), r))
        .orElse(null);
  }

  private void settle(Letter letter, Outcome outcome, SmtpResult result, RefusedAddress refused) {
    Optional<DomainGate.Rest> news = domains.left(letter.domain(), result, letter.attempts() == 0);
    settlements.add(new Settlement.Recorded(outcome, refused));
    handover.done();
    news.ifPresent(this::tellOthers);
  }

  private void tellOthers(DomainGate.Rest rest) {
    if (rest.time().isZero()) {
      ledger.endRest(rest.domain());
    } else {
      ledger.rest(rest.domain(), rest.failures(), rest.time());
    }
  }
}
