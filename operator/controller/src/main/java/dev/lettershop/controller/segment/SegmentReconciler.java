package dev.lettershop.controller.segment;

import dev.lettershop.api.v1alpha1.Condition;
import dev.lettershop.api.v1alpha1.Segment;
import dev.lettershop.api.v1alpha1.SegmentStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.Hindrance;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.Sooner;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.RefreshStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.controller.workload.SegmentWorkload;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.SegmentResult;
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

/** Checks a Segment, and has its members recorded by a CronJob when it says when. */
@ControllerConfiguration(
    name = "segment",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class SegmentReconciler implements Reconciler<Segment> {
  private final Desk desk;
  private final CronWork work;
  private final SegmentWorkload workload;
  private final ObstacleSearch obstacles;

  public SegmentReconciler(
      Desk desk, CronWork work, SegmentWorkload workload, ObstacleSearch obstacles) {
    this.desk = desk;
    this.work = work;
    this.workload = workload;
    this.obstacles = obstacles;
  }

  @Override
  public List<EventSource<?, Segment>> prepareEventSources(EventSourceContext<Segment> context) {
    return List.of(desk.wakes().of(Segment.class));
  }

  @Override
  public UpdateControl<Segment> reconcile(Segment trigger, Context<Segment> context) {
    Optional<Segment> current = desk.cache().current(desk.cache().segments(), trigger);
    if (current.isEmpty() || current.get().isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    Segment segment = current.get();
    String name = segment.getMetadata().getName();
    SegmentResult compiled =
        desk.compile(segment, compiler -> compiler.segment(name), SegmentResult::references);
    List<Diagnostic> found = new ArrayList<>(compiled.diagnostics());
    if (segment.getSpec().refresh() != null) {
      NextRun.problems(segment.getSpec().refresh(), "spec.refresh")
          .forEach(problem -> found.add(problem.at(Desk.ref(segment))));
    }
    Verdict verdict = desk.verdict(segment, found, compiled.references());
    Optional<Hindrance> hindrance = apply(segment, verdict.isSound() ? compiled.plan() : null);

    List<Job> jobs = work.jobs(segment, Labels.SEGMENT);
    List<Pod> pods = work.pods(jobs);
    var obstacle = obstacles.search(Sooner.newest(jobs), pods, desk.clock().instant());
    desk.write(
        segment,
        latest ->
            RefreshStatusView.compute(
                latest, judge(latest, verdict, hindrance), jobs, pods, obstacle.obstacle()),
        SegmentStatus::conditions);
    return Sooner.of(
            verdict.untilLate(judge(segment, verdict, hindrance)),
            obstacle.again(),
            hindrance.map(Hindrance::again).orElse(null))
        .control();
  }

  /** Without a plan, what is there stays: better an older rule than none. */
  private Optional<Hindrance> apply(Segment segment, SegmentPlan plan) {
    if (segment.getSpec().refresh() == null) {
      work.removeCronJobs(segment, Labels.SEGMENT);
      return Optional.empty();
    }
    if (plan == null) {
      return Optional.empty();
    }
    PlanFiles files = PlanFiles.of(plan);
    ConfigMap map = PlanConfigMap.of(segment, files, PlanConfigMap.hash(files));
    String mapName = map.getMetadata().getName();
    Optional<Hindrance> hindrance = work.plan(segment, map);
    if (hindrance.isEmpty()) {
      hindrance =
          workload
              .cronJob(
                  new SegmentWorkload.Compiled(segment, plan, mapName, PlanConfigMap.hash(files)))
              .flatMap(cronJob -> work.cronJob(segment, cronJob));
    }
    if (hindrance.isEmpty()) {
      work.prune(segment, Labels.SEGMENT, mapName);
    }
    return hindrance;
  }

  private Conditions judge(Segment segment, Verdict verdict, Optional<Hindrance> hindrance) {
    List<Condition> present =
        segment.getStatus() == null ? List.of() : segment.getStatus().conditions();
    Conditions before = desk.conditions(segment, present);
    return hindrance
        .map(found -> found.applyTo(before))
        .orElseGet(() -> verdict.applyTo(before, "Ready", "Can be used as written"));
  }

  @Override
  public ErrorStatusUpdateControl<Segment> updateErrorStatus(
      Segment resource, Context<Segment> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        SegmentStatus::conditions,
        (before, judged) ->
            before == null
                ? new SegmentStatus(
                    judged.generation(), judged.list(), null, null, null, null, null)
                : new SegmentStatus(
                    judged.generation(),
                    judged.list(),
                    before.size(),
                    before.entered(),
                    before.left(),
                    before.lastRefreshTime(),
                    before.lastRefreshMilliseconds()));
  }
}
