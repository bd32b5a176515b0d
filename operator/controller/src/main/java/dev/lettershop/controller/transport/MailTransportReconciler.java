package dev.lettershop.controller.transport;

import dev.lettershop.api.v1alpha1.MailTransport;
import dev.lettershop.api.v1alpha1.MailTransportStatus;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.SpecCheck;
import dev.lettershop.plan.PlanCompiler;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Says whether a MailTransport can be used as written. */
@ControllerConfiguration(
    name = "mailtransport",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class MailTransportReconciler implements Reconciler<MailTransport> {
  private final Desk desk;
  private final SpecCheck<MailTransportStatus, MailTransport> check;

  public MailTransportReconciler(Desk desk) {
    this.desk = desk;
    this.check =
        new SpecCheck<>(
            desk,
            desk.cache().transports(),
            PlanCompiler::transport,
            MailTransportStatus::conditions,
            (generation, conditions) ->
                new MailTransportStatus(generation, conditions, null, null));
  }

  @Override
  public List<EventSource<?, MailTransport>> prepareEventSources(
      EventSourceContext<MailTransport> context) {
    return List.of(desk.wakes().of(MailTransport.class));
  }

  @Override
  public UpdateControl<MailTransport> reconcile(
      MailTransport resource, Context<MailTransport> context) {
    return check.reconcile(resource);
  }

  @Override
  public ErrorStatusUpdateControl<MailTransport> updateErrorStatus(
      MailTransport resource, Context<MailTransport> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        MailTransportStatus::conditions,
        (before, judged) ->
            new MailTransportStatus(judged.generation(), judged.list(), null, null));
  }
}
