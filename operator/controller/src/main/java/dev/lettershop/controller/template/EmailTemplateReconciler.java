package dev.lettershop.controller.template;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.template.EmailTemplateStatus;
import dev.lettershop.controller.reconcile.KindReconciler;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.reconcile.Requeue;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.plan.CheckResult;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Says whether an EmailTemplate can be used as written. */
@ControllerConfiguration(
    name = "emailtemplate",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class EmailTemplateReconciler extends KindReconciler<EmailTemplate, EmailTemplateStatus> {

  public EmailTemplateReconciler(ReconcilerTools tools) {
    super(tools, EmailTemplate.class, tools.cache().templates());
  }

  @Override
  protected Requeue settle(EmailTemplate template) {
    CheckResult result =
        tools()
            .compile(
                template,
                compiler -> compiler.template(template.getMetadata().getName()),
                CheckResult::references);
    Verdict verdict = tools().verdict(template, result.diagnostics(), result.references());
    write(template, latest -> judged(latest, verdict));
    return Requeue.of(verdict.untilLate(judge(template, verdict)));
  }

  private EmailTemplateStatus judged(EmailTemplate template, Verdict verdict) {
    Conditions judged = judge(template, verdict);
    return with(null, judged.generation(), judged.list());
  }

  private Conditions judge(EmailTemplate template, Verdict verdict) {
    return verdict.applyTo(before(template), "Ready", "Can be used as written");
  }

  @Override
  protected List<Condition> conditions(EmailTemplateStatus status) {
    return status.conditions();
  }

  @Override
  protected EmailTemplateStatus with(
      EmailTemplateStatus before, Long generation, List<Condition> conditions) {
    return new EmailTemplateStatus(generation, conditions);
  }
}
