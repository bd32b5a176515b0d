package dev.lettershop.controller.campaignrun;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.controller.reconcile.KindReconciler;
import dev.lettershop.controller.reconcile.ObstacleSearch;
import dev.lettershop.controller.reconcile.PlanMaps;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.reconcile.Requeue;
import dev.lettershop.controller.status.ObservedRun;
import dev.lettershop.controller.status.RunStatusView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
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
@RateLimited(maxReconciliations = 3, within = 1)
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class CampaignRunReconciler extends KindReconciler<CampaignRun, CampaignRunStatus> {
  private static final Duration VANISHING = Duration.ofSeconds(5);

  private final RunJobs jobs;
  private final RunLooks looks;
  private final ObstacleSearch obstacles;

  public CampaignRunReconciler(ReconcilerTools tools, RunJobs jobs, ObstacleSearch obstacles) {
    super(tools, CampaignRun.class, tools.cache().runs());
    this.jobs = jobs;
    this.looks = new RunLooks(tools.cache());
    this.obstacles = obstacles;
  }

  @Override
  protected Requeue settle(CampaignRun run) {
    ClusterCache cache = tools().cache();
    String namespace = run.getMetadata().getNamespace();
    String name = OwnershipLabels.jobOf(run);
    Optional<Campaign> campaign =
        cache.campaigns().get(namespace, run.getSpec().campaignRef().name());
    if (RunStatusView.ended(run.getStatus())) {
      return looking(run, looks.present(run, null), campaign.orElse(null));
    }
    Optional<Job> job =
        Optional.ofNullable(looks.present(run, cache.jobs().get(namespace, name).orElse(null)));
    if (job.isEmpty() && RunJobs.hadJob(run)) {
      // The cache may be behind; what follows cannot be taken back.
      job = jobs.live(run);
      if (job.isEmpty() && RunLooks.holdsPeople(run)) {
        return looking(run, null, campaign.orElse(null));
      }
      if (job.isEmpty()) {
        boolean begun = run.getStatus() != null && run.getStatus().startTime() != null;
        return begun ? observe(run, null) : ended(run, "Cancelled", "Its Job was deleted");
      }
    }
    if (job.isPresent() && RunJobs.isVanishing(job.get(), run)) {
      return waiting(
          run, "Pending", "Waits for the Job of an earlier run of this name to go", VANISHING);
    }
    if (job.isPresent() && !RunJobs.belongs(job.get(), run)) {
      return ended(run, "NameConflict", ApplyFailure.taken("Job " + name));
    }
    if (job.isEmpty()) {
      return begin(run, campaign.orElse(null));
    }
    if (campaign.isEmpty() && !PlanMaps.isFinished(job.get()) && jobs.isGone(run)) {
      jobs.stop(job.get());
      return ended(run, "Cancelled", "The Campaign was deleted while this ran");
    }
    return follow(run, job.get(), campaign.orElse(null));
  }

  private Requeue begin(CampaignRun run, Campaign campaign) {
    Instant now = tools().clock().instant();
    Instant deadline = RunJobs.deadline(run, campaign);
    if (now.isAfter(deadline)) {
      return ended(run, "StartingDeadlineExceeded", "It could not start in time");
    }
    RunJobs.Start start = jobs.start(run, campaign, waitsFor(run).orElse(null));
    if (start.job() != null) {
      return follow(run, start.job(), campaign);
    }
    return waiting(
        run,
        start.reason(),
        start.message(),
        Requeue.of(start.again(), Duration.between(now, deadline).plusSeconds(1)).after());
  }

  private Requeue follow(CampaignRun run, Job job, Campaign campaign) {
    if (PlanMaps.isFinished(job)) {
      return looking(run, job, campaign);
    }
    String waitsFor = waitsFor(run).orElse(null);
    boolean begun = run.getStatus() != null && !run.getStatus().shards().isEmpty();
    if (waitsFor != null && !begun) {
      Duration left = Duration.between(tools().clock().instant(), RunJobs.deadline(run, campaign));
      if (left.isNegative()) {
        jobs.stop(job);
        return ended(run, "StartingDeadlineExceeded", "Run " + waitsFor + " took too long");
      }
    }
    boolean paused = run.getSpec().suspend() || waitsFor != null;
    jobs.suspend(job, paused);
    Seen seen = look(run, job);
    Optional<Instant> until =
        StuckPods.since(job, seen.pods(), paused ? null : seen.found().obstacle())
            .map(since -> since.plus(RunJobs.startingDeadline(campaign)));
    if (until.filter(seen.now()::isAfter).isPresent()) {
      jobs.stop(job);
      return ended(run, StuckPods.reason(begun), StuckPods.message(seen.found().obstacle(), begun));
    }
    return Requeue.of(
        observe(run, job, waitsFor, seen).after(),
        until.map(end -> Duration.between(seen.now(), end).plusSeconds(1)).orElse(null));
  }

  /**
   * What a run's workers left behind, and the Job of the next look at its experiment, once that is
   * due and nothing stands in its way.
   */
  private Requeue looking(CampaignRun run, Job job, Campaign campaign) {
    Seen seen = look(run, job);
    Requeue observed =
        job == null && RunLooks.holdsPeople(run) ? Requeue.of() : observe(run, job, null, seen);
    Optional<RunLooks.Next> next = looks.next(run, RunStatusView.experiment(run, seen.pods()));
    if (next.isEmpty() || run.getSpec().suspend()) {
      return observed;
    }
    if (seen.now().isBefore(next.get().at())) {
      Duration left = Duration.between(seen.now(), next.get().at()).plusSeconds(1);
      return Requeue.of(observed.after(), left);
    }
    boolean over = RunStatusView.ended(run.getStatus());
    if (campaign == null && jobs.isGone(run)) {
      return over
          ? observed
          : ended(run, "Cancelled", "The Campaign was deleted while people waited for a decision");
    }
    RunJobs.Start start = jobs.look(run, campaign, next.get().look());
    return over || start.job() != null
        ? Requeue.of(observed.after(), start.again())
        : waiting(run, start.reason(), start.message(), start.again());
  }

  /** What there is of a run's Job at present. */
  private record Seen(List<Pod> pods, ObstacleSearch.Found found, Instant now) {}

  /**
   * @param job null when there is none any more
   */
  private Seen look(CampaignRun run, Job job) {
    List<Pod> pods =
        job == null
            ? List.of()
            : tools()
                .cache()
                .pods()
                .by(run.getMetadata().getNamespace(), job.getMetadata().getName())
                .stream()
                .filter(pod -> pod.hasOwnerReferenceFor(job.getMetadata().getUid()))
                .toList();
    Instant now = tools().clock().instant();
    return new Seen(pods, obstacles.search(job, pods, now), now);
  }

  private Requeue observe(CampaignRun run, Job job) {
    return observe(run, job, null, look(run, job));
  }

  private Requeue observe(CampaignRun run, Job job, String waitsFor, Seen seen) {
    write(
        run,
        latest ->
            RunStatusView.compute(
                new ObservedRun(latest, job, seen.pods(), seen.found().obstacle(), waitsFor),
                seen.now()));
    return Requeue.of(seen.found().again());
  }

  private Optional<String> waitsFor(CampaignRun run) {
    return RunQueue.waitsFor(
        run,
        tools()
            .cache()
            .runs()
            .by(run.getMetadata().getNamespace(), run.getSpec().campaignRef().name()));
  }

  private Requeue ended(CampaignRun run, String reason, String message) {
    return decided(run, ConditionStatus.False, reason, message, null);
  }

  private Requeue waiting(CampaignRun run, String reason, String message, Duration again) {
    return decided(run, ConditionStatus.Unknown, reason, message, again);
  }

  private Requeue decided(
      CampaignRun run, ConditionStatus succeeded, String reason, String message, Duration again) {
    Instant now = tools().clock().instant();
    write(run, latest -> RunStatusView.decided(latest, succeeded, reason, message, now));
    return Requeue.of(again);
  }

  @Override
  protected List<Condition> conditions(CampaignRunStatus status) {
    return status.conditions();
  }

  @Override
  protected CampaignRunStatus with(
      CampaignRunStatus before, Long generation, List<Condition> conditions) {
    return RunStatusView.with(before, generation, conditions);
  }

  @Override
  protected CampaignRunStatus failed(CampaignRun run, Failure failure) {
    return RunStatusView.decided(
        run,
        ConditionStatus.Unknown,
        failure.reason(),
        failure.message(),
        tools().clock().instant());
  }
}
