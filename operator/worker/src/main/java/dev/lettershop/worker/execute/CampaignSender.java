package dev.lettershop.worker.execute;

import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.pipeline.DeliveryOptions;
import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.pipeline.DeliveryReport;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.Store;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.Shard;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.TransportAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Sends what a frozen run has planned. */
final class CampaignSender {
  static final RetryPolicy RETRIES = RetryPolicy.STANDARD;

  /** A worker that does not renew its lease for so long is taken for dead. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final long REPORT_NANOS = 500_000_000;

  private final Store store;
  private final Secrets secrets;
  private final Clock clock;
  private final Cancellation cancellation;
  private final RunListener listener;

  CampaignSender(
      Store store, Secrets secrets, Clock clock, Cancellation cancellation, RunListener listener) {
    this.store = store;
    this.secrets = secrets;
    this.clock = clock;
    this.cancellation = cancellation;
    this.listener = listener;
  }

  /**
   * Sends until nobody is left whom this shard could claim, or the run is cancelled.
   *
   * @param run frozen
   * @param plan the one that the run follows
   * @param progress learns why nothing goes out, while that is so
   * @throws RunException when the relay cannot be used; who was not reached stays planned
   */
  DeliveryReport send(Run run, Plan plan, RunOptions options, ShardView progress) {
    Shard shard = options.shardOrAll();
    Ledger ledger = store.ledger();
    try (RunResources outfit = new RunResources(run, plan, secrets, clock);
        Lease lease = ledger.lease(run, shard.index(), shard.count(), options.owner(), LEASE);
        MailRelay relay = outfit.relay()) {
      DeliveryOptions delivery = outfit.pace().options(shard);
      DeliveryPipeline pipeline =
          outfit.pipeline(
              store,
              lease,
              relay,
              options.relayPatience() == null
                  ? delivery
                  : delivery.waitingForRelay(options.relayPatience()),
              totals -> report(ledger, run));
      cancellation.onCancel(pipeline::cancel);
      progress.heldUpBy(pipeline::pause);
      DeliveryReport report = pipeline.run();
      listener.sending(ledger.progress(run));
      ledger.complete(run);
      return report;
    } catch (RelayException e) {
      throw explained(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunException.retry("Interrupted while sending; run the same command again", e);
    } finally {
      cancellation.onCancel(() -> {});
      progress.heldUpBy(Optional::empty);
    }
  }

  static RunException explained(RelayException e) {
    String message = e.getMessage() + "\nNobody is lost: run the same command again to go on";
    return e.isTransient()
        ? RunException.retry(message, e)
        : RunException.configuration(message, e);
  }

  private final AtomicLong lastReport = new AtomicLong(System.nanoTime() - REPORT_NANOS);

  private void report(Ledger ledger, Run run) {
    long now = System.nanoTime();
    long last = lastReport.get();
    if (now - last >= REPORT_NANOS && lastReport.compareAndSet(last, now)) {
      listener.sending(ledger.progress(run));
    }
  }

  /**
   * Finds out before anything is done whether all is there that sending needs, and says what could
   * be better.
   *
   * @throws RunException when a Secret is missing or a value is of no use
   */
  static void check(Plan plan, Secrets secrets, RunListener listener) {
    TransportAccess access = new TransportAccess(plan, secrets);
    access.links();
    access.bounces(0);
    access.servers();
    access.signers();
    access.warnings().forEach(listener::note);
    try {
      new MessageBuilder(RunResources.settings("check", plan));
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(
          "Campaign/" + plan.campaign() + " spec.from or spec.replyTo: " + e.getMessage());
    }
  }
}
