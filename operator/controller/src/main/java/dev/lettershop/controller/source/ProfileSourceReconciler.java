package dev.lettershop.controller.source;

import dev.lettershop.api.v1alpha1.Condition;
import dev.lettershop.api.v1alpha1.ProfileSource;
import dev.lettershop.api.v1alpha1.ProfileSourceStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.Hindrance;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.Sooner;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.SyncStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.controller.workload.SourceWorkload;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.SourceResult;
import dev.lettershop.schedule.NextRun;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Checks a ProfileSource, and has it read by a CronJob when it says when. */
@ControllerConfiguration(
    name = "profilesource",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class ProfileSourceReconciler implements Reconciler<ProfileSource> {
  private final Desk desk;
  private final CronWork work;
  private final SourceWorkload workload;
  private final ObstacleSearch obstacles;

  public ProfileSourceReconciler(
      Desk desk, CronWork work, SourceWorkload workload, ObstacleSearch obstacles) {
    this.desk = desk;
    this.work = work;
    this.workload = workload;
    this.obstacles = obstacles;
  }

  @Override
  public List<EventSource<?, ProfileSource>> prepareEventSources(
      EventSourceContext<ProfileSource> context) {
    return List.of(desk.wakes().of(ProfileSource.class));
  }

  @Override
  public UpdateControl<ProfileSource> reconcile(
      ProfileSource trigger, Context<ProfileSource> context) {
    Optional<ProfileSource> current = desk.cache().current(desk.cache().sources(), trigger);
    if (current.isEmpty() || current.get().isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    ProfileSource source = current.get();
    String name = source.getMetadata().getName();
    SourceResult compiled =
        desk.compile(source, compiler -> compiler.source(name), SourceResult::references);
    List<Diagnostic> found = new ArrayList<>(compiled.diagnostics());
    if (source.getSpec().schedule() != null) {
      NextRun.problems(source.getSpec().schedule(), "spec.schedule")
          .forEach(problem -> found.add(problem.at(Desk.ref(source))));
    }
    Verdict verdict = desk.verdict(source, found, compiled.references());
    Optional<Hindrance> hindrance = apply(source, verdict.isSound() ? compiled.plan() : null);

    List<Job> jobs = work.jobs(source, Labels.SOURCE);
    List<Pod> pods = work.pods(jobs);
    var obstacle = obstacles.search(Sooner.newest(jobs), pods, desk.clock().instant());
    desk.write(
        source,
        latest ->
            SyncStatusView.compute(
                latest, judge(latest, verdict, hindrance), jobs, pods, obstacle.obstacle()),
        ProfileSourceStatus::conditions);
    return Sooner.of(
            verdict.untilLate(judge(source, verdict, hindrance)),
            obstacle.again(),
            hindrance.map(Hindrance::again).orElse(null))
        .control();
  }

  /** Without a plan, what is there stays: better an older mapping than no data. */
  private Optional<Hindrance> apply(ProfileSource source, SourcePlan plan) {
    if (source.getSpec().schedule() == null) {
      work.removeCronJobs(source, Labels.SOURCE);
      return Optional.empty();
    }
    if (plan == null) {
      return Optional.empty();
    }
    PlanFiles files = PlanFiles.of(plan);
    ConfigMap map = PlanConfigMap.of(source, files, PlanConfigMap.hash(files));
    String mapName = map.getMetadata().getName();
    Optional<Hindrance> hindrance = work.plan(source, map);
    if (hindrance.isEmpty()) {
      hindrance =
          workload
              .cronJob(
                  new SourceWorkload.Compiled(source, plan, mapName, PlanConfigMap.hash(files)))
              .flatMap(cronJob -> work.cronJob(source, cronJob));
    }
    if (hindrance.isEmpty()) {
      work.prune(source, Labels.SOURCE, mapName);
    }
    return hindrance;
  }

  private Conditions judge(ProfileSource source, Verdict verdict, Optional<Hindrance> hindrance) {
    List<Condition> present =
        source.getStatus() == null ? List.of() : source.getStatus().conditions();
    Conditions before = desk.conditions(source, present);
    return hindrance
        .map(found -> found.applyTo(before))
        .orElseGet(() -> verdict.applyTo(before, "Ready", "Can be used as written"));
  }

  @Override
  public ErrorStatusUpdateControl<ProfileSource> updateErrorStatus(
      ProfileSource resource, Context<ProfileSource> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        ProfileSourceStatus::conditions,
        (before, judged) ->
            before == null
                ? new ProfileSourceStatus(judged.generation(), judged.list(), null, null)
                : new ProfileSourceStatus(
                    judged.generation(), judged.list(), before.lastSyncTime(), before.lastSync()));
  }
}
