package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of a run, from its Job, its Pods and what its workers report. */
public final class RunStatusView {
  private static final String PLAN_HASH = "lettershop.dev/plan-hash";

  /** How long the news that a Job has ended may be ahead of the news of its Pods. */
  private static final Duration PODS_LAG = Duration.ofMinutes(1);

  private static final Set<String> ENDED_PHASES = Set.of("Succeeded", "Failed");

  private static final CampaignRunStatus NONE =
      new CampaignRunStatus(null, null, null, null, null, null, null, null, null);

  private RunStatusView() {}

  /**
   * The status to write. A run that has ended keeps the status that it ended with, save for the
   * generation observed.
   */
  public static CampaignRunStatus compute(ObservedRun observed, Instant now) {
    CampaignRun run = observed.run();
    CampaignRunStatus present = run.getStatus() == null ? NONE : run.getStatus();
    Long generation = run.getMetadata().getGeneration();
    List<WorkerEnd> ends = WorkerEnd.of(observed.pods());
    ExperimentStatus experiment = latest(present, ends);
    if (ended(present)) {
      return with(seenAgain(present, generation), experiment);
    }
    ShardFigures figures = ShardFigures.of(present.shards(), ends);
    Optional<JobEnd> end = JobEnd.of(observed.job()).filter(e -> podsHaveEnded(observed, e, now));
    RunVerdict verdict =
        end.filter(JobEnd::complete).isPresent() && experiment != null && experiment.holdsPeople()
            ? RunVerdict.waitsForDecision(observed, experiment)
            : verdict(observed, present, figures, ends, end);
    boolean over = verdict.status() != ConditionStatus.Unknown;
    return new CampaignRunStatus(
        generation,
        SuppressionsHeld.settle(
                figures.suppressionsHeld(),
                Conditions.of(present.conditions(), generation, now)
                    .set(
                        Conditions.SUCCEEDED,
                        verdict.status(),
                        verdict.reason(),
                        verdict.message()))
            .list(),
        planHash(observed.job(), ends, present),
        startTime(observed.job(), present),
        over ? completionTime(end, now) : null,
        figures.audience(),
        figures.deliveries(),
        figures.variants(),
        experiment,
        figures.shards());
  }

  /**
   * How a run's experiment stands, as is known last; null for none.
   *
   * @param pods of the run's present Job
   */
  public static ExperimentStatus experiment(CampaignRun run, Collection<Pod> pods) {
    return latest(run.getStatus() == null ? NONE : run.getStatus(), WorkerEnd.of(pods));
  }

  /** Workers tell it while they run, and leave it behind. */
  private static ExperimentStatus latest(CampaignRunStatus present, List<WorkerEnd> ends) {
    ExperimentStatus latest = present.experiment();
    for (WorkerEnd end : ends) {
      ExperimentStatus left = end.message() == null ? null : end.message().experiment();
      if (left != null && (latest == null || left.isAfter(latest))) {
        latest = left;
      }
    }
    return latest;
  }

  private static CampaignRunStatus with(CampaignRunStatus status, ExperimentStatus experiment) {
    return new CampaignRunStatus(
        status.observedGeneration(),
        status.conditions(),
        status.planHash(),
        status.startTime(),
        status.completionTime(),
        status.audience(),
        status.deliveries(),
        status.variants(),
        experiment,
        status.shards());
  }

  /**
   * The status of a run of which is known without its Job how it stands: one that refers to nothing
   * or must not begin ({@code False}: for good), or that cannot begin yet ({@code Unknown}).
   */
  public static CampaignRunStatus decided(
      CampaignRun run, ConditionStatus status, String reason, String message, Instant now) {
    CampaignRunStatus present = run.getStatus() == null ? NONE : run.getStatus();
    Long generation = run.getMetadata().getGeneration();
    if (ended(present)) {
      return seenAgain(present, generation);
    }
    return new CampaignRunStatus(
        generation,
        Conditions.of(present.conditions(), generation, now)
            .set(Conditions.SUCCEEDED, status, reason, message)
            .list(),
        present.planHash(),
        present.startTime(),
        status == ConditionStatus.Unknown ? null : Conditions.timestamp(now),
        present.audience(),
        present.deliveries(),
        present.variants(),
        present.experiment(),
        present.shards());
  }

  /**
   * A status with other conditions, and otherwise as it stands.
   *
   * @param present null when there is none yet
   */
  public static CampaignRunStatus with(
      CampaignRunStatus present, Long generation, List<Condition> conditions) {
    CampaignRunStatus before = present == null ? NONE : present;
    return new CampaignRunStatus(
        generation,
        conditions,
        before.planHash(),
        before.startTime(),
        before.completionTime(),
        before.audience(),
        before.deliveries(),
        before.variants(),
        before.experiment(),
        before.shards());
  }

  /** Whether the status says that the run has ended; null is a run that has none yet. */
  public static boolean ended(CampaignRunStatus status) {
    return succeeded(status).filter(c -> c.status() != ConditionStatus.Unknown).isPresent();
  }

  /** The condition {@code Succeeded}; empty before the first visit. */
  public static Optional<Condition> succeeded(CampaignRunStatus status) {
    return status == null
        ? Optional.empty()
        : status.conditions().stream()
            .filter(c -> c.type().equals(Conditions.SUCCEEDED))
            .findFirst();
  }

  private static RunVerdict verdict(
      ObservedRun observed,
      CampaignRunStatus present,
      ShardFigures figures,
      List<WorkerEnd> ends,
      Optional<JobEnd> end) {
    if (end.isPresent()) {
      return RunVerdict.ended(observed, end.get(), figures, ends);
    }
    return observed.job() == null && present.startTime() != null
        ? RunVerdict.withoutJob(figures)
        : RunVerdict.underWay(observed, figures, ends);
  }

  /**
   * Jobs and Pods are watched one by one, so a Job can be seen to have ended while the last words
   * of its workers are still on the way.
   */
  private static boolean podsHaveEnded(ObservedRun observed, JobEnd end, Instant now) {
    boolean ended =
        observed.pods().stream()
            .map(Pod::getStatus)
            .allMatch(status -> status != null && ENDED_PHASES.contains(status.getPhase()));
    return ended || !now.isBefore(Moments.of(end.time()).plus(PODS_LAG));
  }

  private static String planHash(Job job, List<WorkerEnd> ends, CampaignRunStatus present) {
    Map<String, String> annotations = job == null ? null : job.getMetadata().getAnnotations();
    if (annotations != null && annotations.containsKey(PLAN_HASH)) {
      return annotations.get(PLAN_HASH);
    }
    return ends.stream()
        .filter(end -> end.message() != null && end.message().planHash() != null)
        .map(end -> end.message().planHash())
        .findFirst()
        .orElse(present.planHash());
  }

  /** A Job that is suspended and resumed starts anew; the run does not. */
  private static String startTime(Job job, CampaignRunStatus present) {
    if (present.startTime() != null || job == null || job.getStatus() == null) {
      return present.startTime();
    }
    return Moments.normalised(job.getStatus().getStartTime());
  }

  private static String completionTime(Optional<JobEnd> end, Instant now) {
    String time = end.map(e -> Moments.normalised(e.time())).orElse(null);
    return time == null ? Conditions.timestamp(now) : time;
  }

  private static CampaignRunStatus seenAgain(CampaignRunStatus ended, Long generation) {
    return with(
        ended,
        generation,
        ended.conditions().stream()
            .map(
                c ->
                    new Condition(
                        c.type(),
                        c.status(),
                        c.reason(),
                        c.message(),
                        c.lastTransitionTime(),
                        generation))
            .toList());
  }
}
