package dev.lettershop.worker;

import dev.lettershop.api.v1alpha1.LinkSettings;
import dev.lettershop.api.v1alpha1.SmtpServer;
import dev.lettershop.delivery.DeliveryOptions;
import dev.lettershop.delivery.DeliveryPipeline;
import dev.lettershop.delivery.DeliveryReport;
import dev.lettershop.delivery.DeliveryTotals;
import dev.lettershop.delivery.MailComposer;
import dev.lettershop.delivery.RetryPolicy;
import dev.lettershop.delivery.StoreDeliveryLedger;
import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.delivery.message.UnsubscribeLinks;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.delivery.smtp.SmtpCredentials;
import dev.lettershop.delivery.smtp.SmtpRelay;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.delivery.smtp.SmtpTimeouts;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.Store;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.ProfileView;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.Shard;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Sends what a frozen run has planned. */
final class Sending {
  static final RetryPolicy RETRIES = RetryPolicy.STANDARD;

  /** A worker that does not renew its lease for so long is taken for dead. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final long REPORT_NANOS = 500_000_000;

  private final Store store;
  private final Secrets secrets;
  private final Clock clock;
  private final Cancellation cancellation;
  private final RunListener listener;

  Sending(
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
   * @throws RunException when the relay cannot be used; who was not reached stays planned
   */
  DeliveryReport send(Run run, Plan plan, RunOptions options) {
    Shard shard = options.shardOrAll();
    RateShare rate = RateShare.of(plan.transport().ratePerSecond(), shard);
    if (!rate.sends()) {
      listener.note("the transport's rate leaves nothing for this shard; the others send");
      return new DeliveryReport(DeliveryReport.End.Completed, DeliveryTotals.NONE);
    }
    Ledger ledger = store.ledger();
    PlanRenderer renderer = new PlanRenderer(plan, new PlanRules(plan), run.frozenAt());
    ProfileView view =
        new ProfileView(
            plan.store().schema(), plan.store().schema().attributes().keySet(), renderer.events());
    MailComposer composer =
        new MailComposer(
            renderer,
            new MessageBuilder(settings(run, plan)),
            links(plan, secrets),
            run.id(),
            clock);
    try (Lease lease = ledger.lease(run, shard.index(), shard.count(), options.owner(), LEASE);
        MailRelay relay =
            run.dryRun() ? new DiscardingRelay() : new SmtpRelay(smtp(plan, secrets))) {
      DeliveryPipeline pipeline =
          new DeliveryPipeline(
              new StoreDeliveryLedger(ledger, lease, view),
              composer,
              relay,
              options(plan, rate.perSecond()),
              clock,
              () -> ThreadLocalRandom.current().nextDouble(),
              totals -> report(ledger, run));
      cancellation.onCancel(pipeline::cancel);
      DeliveryReport report = pipeline.run();
      listener.sending(ledger.progress(run));
      ledger.complete(run);
      return report;
    } catch (RelayException e) {
      String message = e.getMessage() + "\nNobody is lost: run the same command again to go on";
      throw e.isTransient()
          ? RunException.retry(message, e)
          : RunException.configuration(message, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunException.retry("Interrupted while sending; run the same command again", e);
    } finally {
      cancellation.onCancel(() -> {});
    }
  }

  private final AtomicLong lastReport = new AtomicLong(System.nanoTime() - REPORT_NANOS);

  private void report(Ledger ledger, Run run) {
    long now = System.nanoTime();
    long last = lastReport.get();
    if (now - last >= REPORT_NANOS && lastReport.compareAndSet(last, now)) {
      listener.sending(ledger.progress(run));
    }
  }

  private static MessageSettings settings(Run run, Plan plan) {
    return new MessageSettings(
        plan.namespace(),
        plan.campaign(),
        run.key().name(),
        plan.from().name(),
        plan.from().address(),
        plan.replyTo());
  }

  /**
   * Finds out before anything is done whether all is there that sending needs.
   *
   * @throws RunException when a Secret is missing or a value is of no use
   */
  static void check(Plan plan, Secrets secrets) {
    links(plan, secrets);
    smtp(plan, secrets);
    try {
      new MessageBuilder(
          new MessageSettings(
              plan.namespace(),
              plan.campaign(),
              "check",
              plan.from().name(),
              plan.from().address(),
              plan.replyTo()));
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(
          "Campaign/" + plan.campaign() + " spec.from or spec.replyTo: " + e.getMessage());
    }
  }

  private static UnsubscribeLinks links(Plan plan, Secrets secrets) {
    LinkSettings links = plan.transport().links();
    if (links == null) {
      return null;
    }
    String field = "MailTransport/" + plan.transport().name() + " spec.links.keySecretRef";
    String key = secrets.require(field, links.keySecretRef().name(), links.keySecretRef().key());
    try {
      return new UnsubscribeLinks(links.baseUrl(), key.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(field + ": " + e.getMessage());
    }
  }

  private static SmtpSettings smtp(Plan plan, Secrets secrets) {
    SmtpServer smtp = plan.transport().smtp();
    String resource = "MailTransport/" + plan.transport().name() + " spec.smtp.";
    String ca =
        smtp.caSecretRef() == null
            ? null
            : secrets.require(
                resource + "caSecretRef", smtp.caSecretRef().name(), smtp.caSecretRef().key());
    try {
      return new SmtpSettings(
          smtp.host(),
          smtp.port(),
          SmtpSettings.Tls.valueOf(smtp.tls().name()),
          credentials(smtp, resource, secrets),
          ca,
          null,
          SmtpTimeouts.STANDARD);
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(
          "MailTransport/" + plan.transport().name() + " spec.smtp: " + e.getMessage());
    }
  }

  private static SmtpCredentials credentials(SmtpServer smtp, String resource, Secrets secrets) {
    if (smtp.credentialsSecretRef() == null) {
      return null;
    }
    String secret = smtp.credentialsSecretRef().name();
    return new SmtpCredentials(
        secrets.require(resource + "credentialsSecretRef", secret, "username"),
        secrets.require(resource + "credentialsSecretRef", secret, "password"));
  }

  private static DeliveryOptions options(Plan plan, int ratePerSecond) {
    return DeliveryOptions.standard()
        .withConnections(plan.transport().smtp().connections())
        .withRatePerSecond(ratePerSecond)
        .withRetries(RETRIES)
        .withResendUncertain(
            plan.onUncertain() == dev.lettershop.api.v1alpha1.UncertainPolicy.Resend);
  }
}
