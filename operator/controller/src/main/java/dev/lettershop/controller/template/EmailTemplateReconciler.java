package dev.lettershop.controller.template;

import dev.lettershop.api.v1alpha1.EmailTemplate;
import dev.lettershop.api.v1alpha1.EmailTemplateStatus;
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

/** Says whether a EmailTemplate can be used as written. */
@ControllerConfiguration(
    name = "emailtemplate",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class EmailTemplateReconciler implements Reconciler<EmailTemplate> {
  private final Desk desk;
  private final SpecCheck<EmailTemplateStatus, EmailTemplate> check;

  public EmailTemplateReconciler(Desk desk) {
    this.desk = desk;
    this.check =
        new SpecCheck<>(
            desk,
            desk.cache().templates(),
            PlanCompiler::template,
            EmailTemplateStatus::conditions,
            EmailTemplateStatus::new);
  }

  @Override
  public List<EventSource<?, EmailTemplate>> prepareEventSources(
      EventSourceContext<EmailTemplate> context) {
    return List.of(desk.wakes().of(EmailTemplate.class));
  }

  @Override
  public UpdateControl<EmailTemplate> reconcile(
      EmailTemplate resource, Context<EmailTemplate> context) {
    return check.reconcile(resource);
  }

  @Override
  public ErrorStatusUpdateControl<EmailTemplate> updateErrorStatus(
      EmailTemplate resource, Context<EmailTemplate> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        EmailTemplateStatus::conditions,
        (before, judged) -> new EmailTemplateStatus(judged.generation(), judged.list()));
  }
}
