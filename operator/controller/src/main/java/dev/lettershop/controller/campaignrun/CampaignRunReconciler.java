package dev.lettershop.controller.campaignrun;

import dev.lettershop.api.v1alpha1.Campaign;
import dev.lettershop.api.v1alpha1.CampaignRun;
import dev.lettershop.api.v1alpha1.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.ConditionStatus;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.Hindrance;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PlanMaps;
import dev.lettershop.controller.reconcile.Sooner;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.ObservedRun;
import dev.lettershop.controller.status.RunStatusView;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Follows one execution of a campaign, and starts it when nobody else does. */
@ControllerConfiguration(
    name = "campaignrun",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
public class CampaignRunReconciler implements Reconciler<CampaignRun> {
  private static final Duration VANISHING = Duration.ofSeconds(5);

  private final Desk desk;
  private final RunJobs jobs;
  private final ObstacleSearch obstacles;

  public CampaignRunReconciler(Desk desk, RunJobs jobs, ObstacleSearch obstacles) {
    this.desk = desk;
    this.jobs = jobs;
    this.obstacles = obstacles;
  }

  @Override
  public List<EventSource<?, CampaignRun>> prepareEventSources(
      EventSourceContext<CampaignRun> context) {
    return List.of(desk.wakes().of(CampaignRun.class));
  }

  @Override
  public UpdateControl<CampaignRun> reconcile(CampaignRun trigger, Context<CampaignRun> context) {
    ClusterCache cache = desk.cache();
    Optional<CampaignRun> current = cache.current(cache.runs(), trigger);
    if (current.isEmpty()
        || current.get().isMarkedForDeletion()
        || RunStatusView.ended(current.get().getStatus())) {
      return UpdateControl.noUpdate();
    }
    CampaignRun run = current.get();
    String namespace = run.getMetadata().getNamespace();
    String name = run.getMetadata().getName();
    Optional<Campaign> campaign =
        cache.campaigns().get(namespace, run.getSpec().campaignRef().name());
    Optional<Job> job = cache.jobs().get(namespace, name);
    if (job.isEmpty() && RunJobs.hadJob(run)) {
      // The cache may be behind; what follows cannot be taken back.
      job = jobs.live(run);
      if (job.isEmpty()) {
        return ended(run, "Cancelled", "The Job of this run was deleted");
      }
    }
    if (job.isPresent() && RunJobs.isVanishing(job.get(), run)) {
      return waiting(
          run, "Pending", "Waits for the Job of an earlier run of this name to go", VANISHING);
    }
    if (job.isPresent() && !RunJobs.belongs(job.get(), run)) {
      return ended(run, "NameConflict", Hindrance.taken("Job " + name));
    }
    if (job.isEmpty()) {
      return begin(run, campaign.orElse(null));
    }
    if (campaign.isEmpty() && !PlanMaps.isFinished(job.get())) {
      jobs.stop(job.get());
      return ended(run, "Cancelled", "The Campaign was deleted while this ran");
    }
    return follow(run, job.get());
  }

  private UpdateControl<CampaignRun> begin(CampaignRun run, Campaign campaign) {
    Instant now = desk.clock().instant();
    Instant deadline = RunJobs.deadline(run, campaign);
    if (now.isAfter(deadline)) {
      return ended(run, "StartingDeadlineExceeded", "It could not start in time");
    }
    RunJobs.Start start = jobs.start(run, campaign, waitsFor(run).orElse(null));
    if (start.job() != null) {
      return follow(run, start.job());
    }
    return waiting(
        run, start.reason(), start.message(), Duration.between(now, deadline).plusSeconds(1));
  }

  private UpdateControl<CampaignRun> waiting(
      CampaignRun run, String reason, String message, Duration again) {
    desk.write(
        run,
        latest -> withSucceeded(latest, ConditionStatus.Unknown, reason, message, null),
        CampaignRunStatus::conditions);
    return Sooner.of(again).control();
  }

  private UpdateControl<CampaignRun> follow(CampaignRun run, Job job) {
    String waitsFor = PlanMaps.isFinished(job) ? null : waitsFor(run).orElse(null);
    if (!PlanMaps.isFinished(job)) {
      jobs.suspend(run, job, run.getSpec().suspend() || waitsFor != null);
    }
    List<Pod> pods =
        desk.cache().pods().by(run.getMetadata().getNamespace(), job.getMetadata().getName());
    Instant now = desk.clock().instant();
    ObstacleSearch.Found found = obstacles.search(job, pods, now);
    desk.write(
        run,
        latest ->
            RunStatusView.compute(
                new ObservedRun(latest, job, pods, found.obstacle(), waitsFor), now),
        CampaignRunStatus::conditions);
    return Sooner.of(found.again()).control();
  }

  private Optional<String> waitsFor(CampaignRun run) {
    return Turns.waitsFor(
        run,
        desk.cache()
            .runs()
            .by(run.getMetadata().getNamespace(), run.getSpec().campaignRef().name()));
  }

  private UpdateControl<CampaignRun> ended(CampaignRun run, String reason, String message) {
    String now = Conditions.timestamp(desk.clock().instant());
    desk.write(
        run,
        latest -> withSucceeded(latest, ConditionStatus.False, reason, message, now),
        CampaignRunStatus::conditions);
    return UpdateControl.noUpdate();
  }

  /** The status as it is, but for how the run stands. */
  private CampaignRunStatus withSucceeded(
      CampaignRun run, ConditionStatus succeeded, String reason, String message, String ended) {
    return RunStatuses.with(
        run.getStatus(),
        desk.conditions(run, run.getStatus() == null ? List.of() : run.getStatus().conditions())
            .set(Conditions.SUCCEEDED, succeeded, reason, message),
        ended);
  }

  @Override
  public ErrorStatusUpdateControl<CampaignRun> updateErrorStatus(
      CampaignRun resource, Context<CampaignRun> context, Exception failure) {
    return Failure.show(
        desk,
        resource,
        context,
        failure,
        CampaignRunStatus::conditions,
        (before, judged) ->
            RunStatusView.ended(before) ? before : RunStatuses.with(before, judged, null),
        Conditions.SUCCEEDED);
  }
}
