package dev.lettershop.controller.store;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.store.ProfileStoreStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PeriodicReconciler;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.RetentionStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.RetentionWorkload;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Checks a ProfileStore, and has a CronJob apply its retention when it says how long things are
 * kept.
 */
@ControllerConfiguration(
    name = "profilestore",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class ProfileStoreReconciler extends PeriodicReconciler<ProfileStore, ProfileStoreStatus> {
  private final RetentionWorkload workload;

  public ProfileStoreReconciler(
      ReconcilerTools tools, CronWork work, RetentionWorkload workload, ObstacleSearch obstacles) {
    super(tools, ProfileStore.class, tools.cache().stores(), work, obstacles, Labels.STORE);
    this.workload = workload;
  }

  @Override
  protected PlannedWork compile(PlanCompiler compiler, ProfileStore store) {
    Compiled<RetentionPlan> result = compiler.retention(store.getMetadata().getName());
    return new PlannedWork(
        result.diagnostics(),
        result.references(),
        result.value() == null ? null : PlanFiles.of(result.value()),
        (map, hash) ->
            workload.cronJob(new RetentionWorkload.Compiled(store, result.value(), map, hash)));
  }

  @Override
  protected boolean isPeriodic(ProfileStore store) {
    return RetentionWorkload.forgets(store);
  }

  @Override
  protected List<FieldProblem> schedule(ProfileStore store) {
    return List.of();
  }

  @Override
  protected ProfileStoreStatus status(ProfileStore latest, Conditions judged, Done done) {
    return RetentionStatusView.compute(
        latest, judged, done.jobs(), done.pods(), done.obstacle(), isPeriodic(latest));
  }

  @Override
  protected List<Condition> conditions(ProfileStoreStatus status) {
    return status.conditions();
  }

  @Override
  protected ProfileStoreStatus with(
      ProfileStoreStatus before, Long generation, List<Condition> conditions) {
    return new ProfileStoreStatus(
        generation,
        conditions,
        before == null ? null : before.lastRetentionTime(),
        before == null ? null : before.schema());
  }
}
