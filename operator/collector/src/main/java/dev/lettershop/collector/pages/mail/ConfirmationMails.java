package dev.lettershop.collector.pages.mail;

import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.pipeline.DeliveryOptions;
import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.pipeline.MailComposer;
import dev.lettershop.delivery.pipeline.RelayBounces;
import dev.lettershop.delivery.pipeline.StoreDeliveryLedger;
import dev.lettershop.delivery.policy.SendingTerms;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunLock;
import dev.lettershop.store.pace.RateLimit;
import dev.lettershop.store.preference.SignUpTerms;
import dev.lettershop.store.preference.SignUps;
import dev.lettershop.store.view.ProfileView;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Takes sign-ups in the background, and mails whoever has to confirm. Several processes may do it:
 * each sign-up is taken once, and each run is sent by one process at a time. One thread of its own.
 */
public final class ConfirmationMails implements Feature {
  private static final Logger LOG = Logger.getLogger(ConfirmationMails.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(15);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** So long one run is sent before others, and new sign-ups, have their turn. */
  private static final Duration TURN = Duration.ofSeconds(5);

  private static final int BATCH = 100;

  private final Store store;
  private final SignUps signUps;
  private final SignUpTerms terms;
  private final CollectorPlan.Confirmation confirmation;
  private final MailAccess access;
  private final Clock clock;
  private final RandomGenerator random;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::work, "sign-ups");

  /**
   * @param store with the rights of its owner
   * @param confirmation null when no form has a topic that needs one; then nobody is mailed
   * @param access of the confirmation's transport; null without a confirmation
   * @param random must be thread-safe
   */
  public ConfirmationMails(
      Store store,
      SignUpTerms terms,
      CollectorPlan.Confirmation confirmation,
      MailAccess access,
      Clock clock,
      RandomGenerator random) {
    this.store = store;
    this.signUps = store.signUps();
    this.terms = terms;
    this.confirmation = confirmation;
    this.access = access;
    this.clock = clock;
    this.random = random;
  }

  /** Starts working. */
  @Override
  public void register(Routes routes) {
    thread.start();
  }

  private void work() {
    try {
      Duration wait;
      do {
        wait = round() ? IDLE : AFTER_FAILURE;
      } while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whatever goes wrong waits for the next round: sign-ups and runs stay where they are.
   *
   * @return whether nothing went wrong
   */
  private boolean round() throws InterruptedException {
    try {
      while (signUps.take(terms, BATCH) == BATCH && closed.getCount() > 0) {
        LOG.debug("More sign-ups are waiting");
      }
      if (confirmation != null) {
        for (RunKey key : signUps.runs(terms)) {
          if (closed.getCount() > 0) {
            send(key);
          }
        }
      }
      return true;
    } catch (StoreException e) {
      LOG.warnf("Sign-ups wait: %s", e.getMessage());
    } catch (RelayException e) {
      LOG.warnf("Confirmation mails wait: %s", e.getMessage());
    } catch (RuntimeException e) {
      // A message might quote a person, or a Secret.
      LOG.errorf("Sign-ups wait: %s", e.getClass().getName());
    }
    return false;
  }

  private void send(RunKey key) throws RelayException, InterruptedException {
    Ledger ledger = store.ledger();
    Run run = ledger.find(key).orElse(null);
    if (run == null) {
      return;
    }
    if (signUps.isDue(run)) {
      try (RunLock lock = ledger.lock(key)) {
        if (lock.tryLock(AT_ONCE)) {
          deliver(ledger, run);
        }
      }
    }
    signUps.complete(ledger, run);
  }

  private void deliver(Ledger ledger, Run run) throws RelayException, InterruptedException {
    RecipientLinks links = access.links();
    ProfileView view =
        new ProfileView(
            terms.schema(),
            terms.schema().attributes().keySet(),
            confirmation.template().events().keySet());
    MailComposer composer =
        new MailComposer(
            new ConfirmationRenderer(
                confirmation.template(), terms.collector(), links, run.id(), clock.instant()),
            new MessageBuilder(settings(run), access.bounces(run.id()), access.signers()),
            links,
            run.id(),
            clock);
    try (Lease lease = ledger.lease(run, 0, 1, "sign-ups", LEASE);
        MailRelay relay = access.relay()) {
      new DeliveryPipeline(
              new StoreDeliveryLedger(ledger, lease, view, pace(), refused()),
              composer,
              relay,
              options(),
              clock,
              random::nextDouble,
              totals -> {})
          .run();
    }
  }

  private MessageSettings settings(Run run) {
    return new MessageSettings(
        terms.namespace(),
        terms.campaign(),
        run.key().name(),
        confirmation.from().name(),
        confirmation.from().address(),
        null);
  }

  /** As campaigns through the same transport have it, and before them: somebody is waiting. */
  private SendingTerms pace() {
    String transport = terms.namespace() + "/" + confirmation.transport().name();
    Integer perSecond = confirmation.transport().ratePerSecond();
    return new SendingTerms(
        transport,
        perSecond == null ? List.of() : List.of(new RateLimit("transport/" + transport, perSecond)),
        100);
  }

  /** What the relay refuses for good counts as a bounce, as in campaigns. */
  private RelayBounces refused() {
    return new RelayBounces(store.bounces(), access.softLimit(), confirmation.transport().name());
  }

  private DeliveryOptions options() {
    return DeliveryOptions.standard()
        .withConnections(1)
        .withClaim(10)
        .withResendUncertain(true)
        .withRelayPatience(TURN)
        .withDeadline(clock.instant().plus(TURN));
  }

  /** Ends behind the mail that is being sent. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(TURN.plus(LEASE).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
