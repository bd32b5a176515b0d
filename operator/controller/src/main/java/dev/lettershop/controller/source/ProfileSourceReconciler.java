package dev.lettershop.controller.source;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.source.ProfileSourceStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PeriodicReconciler;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.SyncStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.SourceWorkload;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.schedule.NextRun;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Checks a ProfileSource, and has it read by a CronJob when it says when. */
@ControllerConfiguration(
    name = "profilesource",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class ProfileSourceReconciler
    extends PeriodicReconciler<ProfileSource, ProfileSourceStatus> {
  private final SourceWorkload workload;

  public ProfileSourceReconciler(
      ReconcilerTools tools, CronWork work, SourceWorkload workload, ObstacleSearch obstacles) {
    super(tools, ProfileSource.class, tools.cache().sources(), work, obstacles, Labels.SOURCE);
    this.workload = workload;
  }

  @Override
  protected PlannedWork compile(PlanCompiler compiler, ProfileSource source) {
    Compiled<SourcePlan> result = compiler.source(source.getMetadata().getName());
    return new PlannedWork(
        result.diagnostics(),
        result.references(),
        result.value() == null ? null : PlanFiles.of(result.value()),
        (map, hash) ->
            workload
                .cronJob(new SourceWorkload.Compiled(source, result.value(), map, hash))
                .orElseThrow());
  }

  @Override
  protected boolean isPeriodic(ProfileSource source) {
    return source.getSpec().schedule() != null;
  }

  @Override
  protected List<FieldProblem> schedule(ProfileSource source) {
    return isPeriodic(source)
        ? NextRun.problems(source.getSpec().schedule(), "spec.schedule")
        : List.of();
  }

  @Override
  protected ProfileSourceStatus status(ProfileSource latest, Conditions judged, Done done) {
    return SyncStatusView.compute(latest, judged, done.jobs(), done.pods(), done.obstacle());
  }

  @Override
  protected List<Condition> conditions(ProfileSourceStatus status) {
    return status.conditions();
  }

  @Override
  protected ProfileSourceStatus with(
      ProfileSourceStatus before, Long generation, List<Condition> conditions) {
    return before == null
        ? new ProfileSourceStatus(generation, conditions, null, null)
        : new ProfileSourceStatus(generation, conditions, before.lastSyncTime(), before.lastSync());
  }
}
