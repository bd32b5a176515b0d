package dev.lettershop.controller.collector;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.collector.CollectorStatus;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.KindReconciler;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.reconcile.Requeue;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.CollectorStatusView;
import dev.lettershop.controller.status.CollectorStatusView.Rollout;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.workload.CollectorWorkload;
import dev.lettershop.controller.workload.Names;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Compiled;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Checks a Collector, and keeps what it is made of in the cluster. */
@ControllerConfiguration(
    name = "collector",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class CollectorReconciler extends KindReconciler<Collector, CollectorStatus> {
  private final CollectorWorkload workload;
  private final CollectorObjects objects;
  private final ObstacleSearch obstacles;

  public CollectorReconciler(
      ReconcilerTools tools,
      CollectorWorkload workload,
      CollectorObjects objects,
      ObstacleSearch obstacles) {
    super(tools, Collector.class, tools.cache().collectors());
    this.workload = workload;
    this.objects = objects;
    this.obstacles = obstacles;
  }

  @Override
  protected Requeue settle(Collector collector) {
    String namespace = collector.getMetadata().getNamespace();
    Compiled<CollectorPlan> compiled =
        tools()
            .compile(
                collector,
                compiler -> compiler.collector(collector.getMetadata().getName()),
                Compiled::references);
    Verdict verdict = tools().verdict(collector, compiled.diagnostics(), compiled.references());
    // Without a plan, what is there goes on: better an older one than no answer.
    Optional<ApplyFailure> applyFailure =
        compiled.value() == null ? Optional.empty() : apply(collector, compiled.value());

    Rollout rollout =
        Rollout.of(
            tools().cache().deployments().get(namespace, Names.collector(collector)).orElse(null));
    List<Pod> pods = tools().cache().pods().by(namespace, CollectorObjects.key(collector));
    Set<String> names =
        pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    var obstacle =
        rollout.complete()
            ? ObstacleSearch.Found.NOTHING
            : obstacles.search(namespace, pods, tools().clock().instant());
    tools()
        .write(
            collector,
            latest ->
                CollectorStatusView.compute(
                    latest,
                    judge(latest, verdict, applyFailure, rollout, obstacle),
                    rollout,
                    names),
            this::conditions);
    return Requeue.of(
        verdict.untilLate(judge(collector, verdict, applyFailure, rollout, obstacle)),
        obstacle.again(),
        applyFailure.map(ApplyFailure::again).orElse(null));
  }

  private Optional<ApplyFailure> apply(Collector collector, CollectorPlan plan) {
    PlanFiles files = PlanFiles.of(plan);
    String hash = PlanConfigMap.hash(files);
    ConfigMap map = PlanConfigMap.of(collector, files, hash);
    String name = map.getMetadata().getName();
    Optional<ApplyFailure> applyFailure =
        objects.apply(
            collector,
            map,
            workload.objects(new CollectorWorkload.Compiled(collector, plan, name, hash)));
    boolean everyPodHasIt =
        applyFailure.isEmpty()
            && tools()
                .cache()
                .deployments()
                .get(collector.getMetadata().getNamespace(), Names.collector(collector))
                .filter(deployment -> name.equals(CollectorObjects.planOf(deployment)))
                .map(Rollout::of)
                .filter(Rollout::complete)
                .isPresent();
    if (everyPodHasIt) {
      objects.prune(collector, name);
    }
    return applyFailure;
  }

  private Conditions judge(
      Collector collector,
      Verdict verdict,
      Optional<ApplyFailure> applyFailure,
      Rollout rollout,
      ObstacleSearch.Found obstacle) {
    Conditions before = before(collector);
    if (applyFailure.isPresent()) {
      return applyFailure.get().applyTo(before);
    }
    Conditions judged = verdict.applyTo(before, "Serving", rollout.sentence());
    return verdict.isSound()
        ? CollectorStatusView.serving(judged, rollout, obstacle.obstacle())
        : judged;
  }

  @Override
  protected List<Condition> conditions(CollectorStatus status) {
    return status.conditions();
  }

  @Override
  protected CollectorStatus with(
      CollectorStatus before, Long generation, List<Condition> conditions) {
    return before == null
        ? new CollectorStatus(generation, conditions, null, null, null, null, null, null, null)
        : new CollectorStatus(
            generation,
            conditions,
            before.url(),
            before.replicas(),
            before.readyReplicas(),
            before.accepted(),
            before.refused(),
            before.lagSeconds(),
            before.pods());
  }
}
