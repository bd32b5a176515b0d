package dev.lettershop.collector;

import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.pages.mail.ConfirmationMails;
import dev.lettershop.collector.pages.mail.MailAccess;
import dev.lettershop.delivery.dkim.DkimSigners;
import dev.lettershop.delivery.message.EnvelopeSender;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.policy.RetryPolicy;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.store.preference.SignUpTerms;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.TransportAccess;
import java.time.Clock;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes the feature that takes sign-ups, with the Secrets of its transport. */
final class PlannedSignUps {
  private PlannedSignUps() {}

  static Feature of(
      CollectorPlan plan, Secrets secrets, Store store, Clock clock, RandomGenerator random) {
    CollectorPlan.Confirmation confirmation = plan.confirmation();
    SignUpTerms terms =
        new SignUpTerms(
            plan.namespace(),
            plan.name(),
            plan.store().schema(),
            plan.topics().stream().collect(Collectors.toMap(Topic::name, Topic::optIn)),
            confirmation == null ? null : PlanFiles.of(plan).hash(),
            RetryPolicy.STANDARD.maxAttempts());
    MailAccess access =
        confirmation == null
            ? null
            : new Access(
                new TransportAccess(
                    confirmation.transport(),
                    plan.namespace() + "/" + plan.store().name(),
                    secrets),
                random);
    return new ConfirmationMails(store, terms, confirmation, access, clock, random);
  }

  private record Access(TransportAccess transport, RandomGenerator random) implements MailAccess {
    @Override
    public MailRelay relay() {
      return transport.relay(random::nextDouble);
    }

    @Override
    public DkimSigners signers() {
      return transport.signers();
    }

    @Override
    public EnvelopeSender bounces(long runId) {
      return transport.bounces(runId);
    }

    @Override
    public SoftLimit softLimit() {
      return transport.softLimit();
    }

    @Override
    public RecipientLinks links() {
      return transport.links();
    }
  }
}
