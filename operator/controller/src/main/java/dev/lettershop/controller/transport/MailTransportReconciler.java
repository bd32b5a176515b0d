package dev.lettershop.controller.transport;

import dev.lettershop.api.v1alpha1.Condition;
import dev.lettershop.api.v1alpha1.MailTransport;
import dev.lettershop.api.v1alpha1.MailTransportStatus;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.Hindrance;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.Sooner;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.BouncesStatusView;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.workload.BouncesWorkload;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.BouncesResult;
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

/** Checks a MailTransport, and has its bounces read by a CronJob when it says from where. */
@ControllerConfiguration(
    name = "mailtransport",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class MailTransportReconciler implements Reconciler<MailTransport> {
  private final Desk desk;
  private final CronWork work;
  private final BouncesWorkload workload;
  private final ObstacleSearch obstacles;

  public MailTransportReconciler(
      Desk desk, CronWork work, BouncesWorkload workload, ObstacleSearch obstacles) {
    this.desk = desk;
    this.work = work;
    this.workload = workload;
    this.obstacles = obstacles;
  }

  @Override
  public List<EventSource<?, MailTransport>> prepareEventSources(
      EventSourceContext<MailTransport> context) {
    return List.of(desk.wakes().of(MailTransport.class));
  }

  @Override
  public UpdateControl<MailTransport> reconcile(
      MailTransport trigger, Context<MailTransport> context) {
    Optional<MailTransport> current = desk.cache().current(desk.cache().transports(), trigger);
    if (current.isEmpty() || current.get().isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    MailTransport transport = current.get();
    String name = transport.getMetadata().getName();
    BouncesResult compiled =
        desk.compile(transport, compiler -> compiler.bounces(name), BouncesResult::references);
    List<Diagnostic> found = new ArrayList<>(compiled.diagnostics());
    boolean isRead = BouncesWorkload.readsBounces(transport);
    if (isRead) {
      NextRun.problems(transport.getSpec().bounces().schedule(), "spec.bounces.schedule")
          .forEach(problem -> found.add(problem.at(Desk.ref(transport))));
    }
    Verdict verdict = desk.verdict(transport, found, compiled.references());
    Optional<Hindrance> hindrance = apply(transport, verdict.isSound() ? compiled.plan() : null);

    List<Job> jobs = work.jobs(transport, Labels.TRANSPORT);
    List<Pod> pods = work.pods(jobs);
    var obstacle = obstacles.search(Sooner.newest(jobs), pods, desk.clock().instant());
    desk.write(
        transport,
        latest ->
            BouncesStatusView.compute(
                latest, judge(latest, verdict, hindrance), jobs, pods, obstacle.obstacle(), isRead),
        MailTransportStatus::conditions);
    return Sooner.of(
            verdict.untilLate(judge(transport, verdict, hindrance)),
            obstacle.again(),
            hindrance.map(Hindrance::again).orElse(null))
        .control();
  }

  /** Without a plan, what is there stays: better old settings than bounces that pile up. */
  private Optional<Hindrance> apply(MailTransport transport, BouncesPlan plan) {
    if (!BouncesWorkload.readsBounces(transport)) {
      work.removeCronJobs(transport, Labels.TRANSPORT);
      return Optional.empty();
    }
    if (plan == null) {
      return Optional.empty();
    }
    PlanFiles files = PlanFiles.of(plan);
    ConfigMap map = PlanConfigMap.of(transport, files, PlanConfigMap.hash(files));
    String mapName = map.getMetadata().getName();
    Optional<Hindrance> hindrance = work.plan(transport, map);
    if (hindrance.isEmpty()) {
      hindrance =
          work.cronJob(
              transport,
              workload.cronJob(
                  new BouncesWorkload.Compiled(
                      transport, plan, mapName, PlanConfigMap.hash(files))));
    }
    if (hindrance.isEmpty()) {
      work.prune(transport, Labels.TRANSPORT, mapName);
    }
    return hindrance;
  }

  private Conditions judge(
      MailTransport transport, Verdict verdict, Optional<Hindrance> hindrance) {
    List<Condition> present =
        transport.getStatus() == null ? List.of() : transport.getStatus().conditions();
    Conditions before = desk.conditions(transport, present);
    return hindrance
        .map(found -> found.applyTo(before))
        .orElseGet(() -> verdict.applyTo(before, "Ready", "Can be used as written"));
  }

  @Override
  public ErrorStatusUpdateControl<MailTransport> updateErrorStatus(
      MailTransport resource, Context<MailTransport> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        MailTransportStatus::conditions,
        (before, judged) ->
            before == null
                ? new MailTransportStatus(judged.generation(), judged.list(), null, null)
                : new MailTransportStatus(
                    judged.generation(),
                    judged.list(),
                    before.lastBouncesTime(),
                    before.lastBounces()));
  }
}
