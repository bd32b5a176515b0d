package dev.lettershop.controller.segment;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.segment.SegmentStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PeriodicReconciler;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.RefreshStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.SegmentWorkload;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.schedule.NextRun;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Checks a Segment, and has its members recorded by a CronJob when it says when. */
@ControllerConfiguration(
    name = "segment",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class SegmentReconciler extends PeriodicReconciler<Segment, SegmentStatus> {
  private final SegmentWorkload workload;

  public SegmentReconciler(
      ReconcilerTools tools, CronWork work, SegmentWorkload workload, ObstacleSearch obstacles) {
    super(tools, Segment.class, tools.cache().segments(), work, obstacles, Labels.SEGMENT);
    this.workload = workload;
  }

  @Override
  protected PlannedWork compile(PlanCompiler compiler, Segment segment) {
    Compiled<SegmentPlan> result = compiler.segment(segment.getMetadata().getName());
    return new PlannedWork(
        result.diagnostics(),
        result.references(),
        result.value() == null ? null : PlanFiles.of(result.value()),
        (map, hash) ->
            workload
                .cronJob(new SegmentWorkload.Compiled(segment, result.value(), map, hash))
                .orElseThrow());
  }

  @Override
  protected boolean isPeriodic(Segment segment) {
    return segment.getSpec().refresh() != null;
  }

  @Override
  protected List<FieldProblem> schedule(Segment segment) {
    return isPeriodic(segment)
        ? NextRun.problems(segment.getSpec().refresh(), "spec.refresh")
        : List.of();
  }

  @Override
  protected SegmentStatus status(Segment latest, Conditions judged, Done done) {
    return RefreshStatusView.compute(latest, judged, done.jobs(), done.pods(), done.obstacle());
  }

  @Override
  protected List<Condition> conditions(SegmentStatus status) {
    return status.conditions();
  }

  @Override
  protected SegmentStatus with(SegmentStatus before, Long generation, List<Condition> conditions) {
    return before == null
        ? new SegmentStatus(generation, conditions, null, null, null, null, null)
        : new SegmentStatus(
            generation,
            conditions,
            before.size(),
            before.entered(),
            before.left(),
            before.lastRefreshTime(),
            before.lastRefreshMilliseconds());
  }
}
