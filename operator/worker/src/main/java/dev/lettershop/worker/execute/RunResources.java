package dev.lettershop.worker.execute;

import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.pipeline.DeliveryOptions;
import dev.lettershop.delivery.pipeline.DeliveryPipeline;
import dev.lettershop.delivery.pipeline.MailComposer;
import dev.lettershop.delivery.pipeline.ProgressListener;
import dev.lettershop.delivery.pipeline.RelayBounces;
import dev.lettershop.delivery.pipeline.StoreDeliveryLedger;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.Store;
import dev.lettershop.store.ledger.Lease;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.view.ProfileView;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.RecommendationTerms;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.TransportAccess;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** What it takes to send one run by its plan: keys, relay, templates and pace. */
final class RunResources implements AutoCloseable {
  private static final DoubleSupplier CHANCE = () -> ThreadLocalRandom.current().nextDouble();

  private final Run run;
  private final Plan plan;
  private final Clock clock;
  private final TransportAccess access;
  private final PlanPace pace;
  private final RecipientLinks links;
  private final PlanRenderer renderer;

  /**
   * @param plan the one that the run follows
   * @throws dev.lettershop.worker.RunException when a Secret is missing, or a rule does not compile
   */
  RunResources(Run run, Plan plan, Secrets secrets, Clock clock) {
    this.run = run;
    this.plan = plan;
    this.clock = clock;
    this.access = new TransportAccess(plan, secrets);
    this.pace = new PlanPace(plan);
    this.links = access.links();
    this.renderer =
        new PlanRenderer(
            plan,
            new PlanRules(plan),
            run.frozenAt(),
            Tracker.of(plan, links == null ? null : links.hits(), run.id()));
  }

  PlanPace pace() {
    return pace;
  }

  /** The caller closes it. */
  MailRelay relay() {
    return run.dryRun() ? new DiscardingRelay() : access.relay(CHANCE);
  }

  /** What sends under a lease of the run. */
  DeliveryPipeline pipeline(
      Store store,
      Lease lease,
      MailRelay relay,
      DeliveryOptions options,
      ProgressListener progress) {
    ProfileView view =
        new ProfileView(
            plan.store().schema(),
            plan.store().schema().attributes().keySet(),
            renderer.events(),
            renderer.models(),
            RecommendationTerms.of(plan.recommendations()));
    MailComposer composer =
        new MailComposer(
            renderer,
            new MessageBuilder(
                settings(run.key().name(), plan), access.bounces(run.id()), access.signers()),
            links,
            run.id(),
            clock);
    return new DeliveryPipeline(
        new StoreDeliveryLedger(
            store.ledger(),
            lease,
            view,
            pace.terms(),
            new RelayBounces(store.bounces(), access.softLimit(), plan.transport().name())),
        composer,
        relay,
        options,
        clock,
        CHANCE,
        progress);
  }

  @Override
  public void close() {
    renderer.close();
  }

  static MessageSettings settings(String run, Plan plan) {
    return new MessageSettings(
            plan.namespace(),
            plan.campaign(),
            run,
            plan.from().name(),
            plan.from().address(),
            plan.replyTo())
        .with(plan.headerFields(), plan.isTransactional());
  }
}
