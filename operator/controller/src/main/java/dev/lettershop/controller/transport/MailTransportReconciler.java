package dev.lettershop.controller.transport;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportStatus;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PeriodicReconciler;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.BouncesStatusView;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.SuppressionsHeld;
import dev.lettershop.controller.workload.BouncesWorkload;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.schedule.NextRun;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Checks a MailTransport, and has its bounces read by a CronJob when it says from where. */
@ControllerConfiguration(
    name = "mailtransport",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class MailTransportReconciler
    extends PeriodicReconciler<MailTransport, MailTransportStatus> {
  private final BouncesWorkload workload;
  private final ClusterCache cache;

  public MailTransportReconciler(
      ReconcilerTools tools, CronWork work, BouncesWorkload workload, ObstacleSearch obstacles) {
    super(
        tools, MailTransport.class, tools.cache().transports(), work, obstacles, Labels.TRANSPORT);
    this.workload = workload;
    this.cache = tools.cache();
  }

  @Override
  protected PlannedWork compile(PlanCompiler compiler, MailTransport transport) {
    Compiled<BouncesPlan> result = compiler.bounces(transport.getMetadata().getName());
    return new PlannedWork(
        result.diagnostics(),
        result.references(),
        result.value() == null ? null : PlanFiles.of(result.value()),
        (map, hash) ->
            workload.cronJob(new BouncesWorkload.Compiled(transport, result.value(), map, hash)));
  }

  @Override
  protected boolean isPeriodic(MailTransport transport) {
    return BouncesWorkload.readsBounces(transport);
  }

  @Override
  protected List<FieldProblem> schedule(MailTransport transport) {
    return isPeriodic(transport)
        ? NextRun.problems(transport.getSpec().bounces().schedule(), "spec.bounces.schedule")
        : List.of();
  }

  @Override
  protected MailTransportStatus status(MailTransport latest, Conditions judged, Done done) {
    return BouncesStatusView.compute(
        latest,
        judged,
        done.jobs(),
        done.pods(),
        done.obstacle(),
        isPeriodic(latest),
        heldByRuns(latest));
  }

  /** What runs report that send through it: relays refuse addresses too. */
  private SuppressionsHeld heldByRuns(MailTransport transport) {
    String namespace = transport.getMetadata().getNamespace();
    String name = transport.getMetadata().getName();
    Set<String> campaigns =
        cache.campaigns().in(namespace).stream()
            .filter(campaign -> campaign.getSpec() != null)
            .filter(campaign -> campaign.getSpec().transportRef().name().equals(name))
            .map(campaign -> campaign.getMetadata().getName())
            .collect(Collectors.toSet());
    List<CampaignRunStatus> runs =
        cache.runs().in(namespace).stream()
            .filter(run -> run.getStatus() != null && run.getSpec() != null)
            .filter(run -> campaigns.contains(run.getSpec().campaignRef().name()))
            .map(CampaignRun::getStatus)
            .toList();
    return SuppressionsHeld.ofRuns(runs).orElse(null);
  }

  @Override
  protected List<Condition> conditions(MailTransportStatus status) {
    return status.conditions();
  }

  @Override
  protected MailTransportStatus with(
      MailTransportStatus before, Long generation, List<Condition> conditions) {
    return before == null
        ? new MailTransportStatus(generation, conditions, null, null)
        : new MailTransportStatus(
            generation, conditions, before.lastBouncesTime(), before.lastBounces());
  }
}
