package dev.lettershop.controller.model;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.model.ModelStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PeriodicReconciler;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.ModelStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.ModelWorkload;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.schedule.NextRun;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Checks a Model, and has people scored by a CronJob when it says when. */
@ControllerConfiguration(
    name = "model",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class ModelReconciler extends PeriodicReconciler<Model, ModelStatus> {
  private final ModelWorkload workload;

  public ModelReconciler(
      ReconcilerTools tools, CronWork work, ModelWorkload workload, ObstacleSearch obstacles) {
    super(tools, Model.class, tools.cache().models(), work, obstacles, Labels.MODEL);
    this.workload = workload;
  }

  @Override
  protected PlannedWork compile(PlanCompiler compiler, Model model) {
    Compiled<ModelPlan> result = compiler.model(model.getMetadata().getName());
    return new PlannedWork(
        result.diagnostics(),
        result.references(),
        result.value() == null ? null : PlanFiles.of(result.value()),
        (map, hash) ->
            workload
                .cronJob(new ModelWorkload.Compiled(model, result.value(), map, hash))
                .orElseThrow());
  }

  @Override
  protected boolean isPeriodic(Model model) {
    return model.getSpec().refresh() != null;
  }

  @Override
  protected List<FieldProblem> schedule(Model model) {
    return isPeriodic(model)
        ? NextRun.problems(model.getSpec().refresh(), "spec.refresh")
        : List.of();
  }

  @Override
  protected ModelStatus status(Model latest, Conditions judged, Done done) {
    return ModelStatusView.compute(latest, judged, done.jobs(), done.pods(), done.obstacle());
  }

  @Override
  protected List<Condition> conditions(ModelStatus status) {
    return status.conditions();
  }

  @Override
  protected ModelStatus with(ModelStatus before, Long generation, List<Condition> conditions) {
    return new ModelStatus(generation, conditions, before == null ? null : before.lastRun());
  }
}
