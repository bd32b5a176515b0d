package dev.lettershop.controller.store;

import dev.lettershop.api.v1alpha1.Condition;
import dev.lettershop.api.v1alpha1.ProfileStore;
import dev.lettershop.api.v1alpha1.ProfileStoreStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.Hindrance;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.Sooner;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.RetentionStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.controller.workload.RetentionWorkload;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.plan.RetentionResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Says whether a ProfileStore can be used as written, and has a CronJob forget what is past its
 * time when it says how long things are kept.
 */
@ControllerConfiguration(
    name = "profilestore",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class ProfileStoreReconciler implements Reconciler<ProfileStore> {
  private final Desk desk;
  private final CronWork work;
  private final RetentionWorkload workload;
  private final ObstacleSearch obstacles;

  public ProfileStoreReconciler(
      Desk desk, CronWork work, RetentionWorkload workload, ObstacleSearch obstacles) {
    this.desk = desk;
    this.work = work;
    this.workload = workload;
    this.obstacles = obstacles;
  }

  @Override
  public List<EventSource<?, ProfileStore>> prepareEventSources(
      EventSourceContext<ProfileStore> context) {
    return List.of(desk.wakes().of(ProfileStore.class));
  }

  @Override
  public UpdateControl<ProfileStore> reconcile(
      ProfileStore trigger, Context<ProfileStore> context) {
    Optional<ProfileStore> current = desk.cache().current(desk.cache().stores(), trigger);
    if (current.isEmpty() || current.get().isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    ProfileStore store = current.get();
    String name = store.getMetadata().getName();
    RetentionResult compiled =
        desk.compile(store, compiler -> compiler.retention(name), RetentionResult::references);
    Verdict verdict = desk.verdict(store, compiled.diagnostics(), compiled.references());
    Optional<Hindrance> hindrance = apply(store, verdict.isSound() ? compiled.plan() : null);

    List<Job> jobs = work.jobs(store, Labels.STORE);
    List<Pod> pods = work.pods(jobs);
    var obstacle = obstacles.search(Sooner.newest(jobs), pods, desk.clock().instant());
    boolean forgets = RetentionWorkload.forgets(store);
    desk.write(
        store,
        latest ->
            RetentionStatusView.compute(
                latest,
                judge(latest, verdict, hindrance),
                jobs,
                pods,
                obstacle.obstacle(),
                forgets),
        ProfileStoreStatus::conditions);
    return Sooner.of(
            verdict.untilLate(judge(store, verdict, hindrance)),
            obstacle.again(),
            hindrance.map(Hindrance::again).orElse(null))
        .control();
  }

  /** Without a plan, what is there stays: what was to be forgotten still is. */
  private Optional<Hindrance> apply(ProfileStore store, RetentionPlan plan) {
    if (!RetentionWorkload.forgets(store)) {
      work.removeCronJobs(store, Labels.STORE);
      return Optional.empty();
    }
    if (plan == null) {
      return Optional.empty();
    }
    PlanFiles files = PlanFiles.of(plan);
    ConfigMap map = PlanConfigMap.of(store, files, PlanConfigMap.hash(files));
    String mapName = map.getMetadata().getName();
    Optional<Hindrance> hindrance = work.plan(store, map);
    if (hindrance.isEmpty()) {
      hindrance =
          work.cronJob(
              store,
              workload.cronJob(
                  new RetentionWorkload.Compiled(store, plan, mapName, PlanConfigMap.hash(files))));
    }
    if (hindrance.isEmpty()) {
      work.prune(store, Labels.STORE, mapName);
    }
    return hindrance;
  }

  private Conditions judge(ProfileStore store, Verdict verdict, Optional<Hindrance> hindrance) {
    List<Condition> present =
        store.getStatus() == null ? List.of() : store.getStatus().conditions();
    Conditions before = desk.conditions(store, present);
    return hindrance
        .map(found -> found.applyTo(before))
        .orElseGet(() -> verdict.applyTo(before, "Ready", "Can be used as written"));
  }

  @Override
  public ErrorStatusUpdateControl<ProfileStore> updateErrorStatus(
      ProfileStore resource, Context<ProfileStore> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        ProfileStoreStatus::conditions,
        (before, judged) ->
            new ProfileStoreStatus(
                judged.generation(),
                judged.list(),
                before == null ? null : before.lastRetentionTime(),
                before == null ? null : before.schema()));
  }
}
