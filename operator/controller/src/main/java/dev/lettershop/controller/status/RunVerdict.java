package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardPause;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the condition {@code Succeeded} of a run says. */
record RunVerdict(ConditionStatus status, String reason, String message) {
  static final String PENDING = "Pending";
  static final String WAITING = "Waiting";
  static final String SUSPENDED = "Suspended";
  static final String FAILED = "Failed";
  static final String POD_FAILED = "PodFailed";

  /** How workers fail, the gravest first: what one of them says is what became of the run. */
  private static final List<String> GRAVITY =
      List.of(
          WorkerEnd.TOO_MANY_RECIPIENTS,
          WorkerEnd.CONFIGURATION_ERROR,
          WorkerEnd.RETRY,
          WorkerEnd.CANCELLED,
          WorkerEnd.PARTIALLY_SENT);

  /** Ends after which nothing is left to try. */
  private static final Set<String> GOOD =
      Set.of(WorkerEnd.SUCCEEDED, WorkerEnd.DRY_RUN, WorkerEnd.ALREADY_COMPLETED);

  /** A run that has not ended. */
  static RunVerdict underWay(ObservedRun observed, ShardFigures figures, List<WorkerEnd> ends) {
    boolean paused = observed.run().getSpec() != null && observed.run().getSpec().suspend();
    if (paused) {
      return unknown(SUSPENDED, join("Paused by spec.suspend", figures.sentenceSoFar()));
    }
    if (observed.waitsFor() != null) {
      return unknown(WAITING, "Waits until run " + observed.waitsFor() + " has ended");
    }
    if (observed.job() != null && isSuspended(observed)) {
      return unknown(SUSPENDED, join("Its Job is suspended", figures.sentenceSoFar()));
    }
    if (observed.obstacle() != null) {
      Obstacle obstacle = observed.obstacle();
      return unknown(obstacle.reason(), join(obstacle.message(), figures.sentenceSoFar()));
    }
    Optional<ShardPause> pause = figures.pause();
    if (pause.isPresent()) {
      return unknown(pause.get().reason(), join(pause.get().message(), figures.sentence()));
    }
    Optional<RunVerdict> again = triesAgain(observed, figures, ends);
    if (again.isPresent()) {
      return again.get();
    }
    ShardActivity activity = figures.activity();
    if (activity == null) {
      return unknown(PENDING, whatIsPending(observed));
    }
    return switch (activity) {
      case Syncing -> unknown("Syncing", "Reads the sources that have no schedule");
      case Freezing -> unknown("Freezing", "Settles who gets mail");
      case Sending, Finished ->
          unknown("Sending", capitalised(figures.sentenceSoFar(), "Begins to send"));
    };
  }

  /** A run of which some people get mail when its experiment is decided. */
  static RunVerdict waitsForDecision(ObservedRun observed, ExperimentStatus experiment) {
    boolean paused = observed.run().getSpec() != null && observed.run().getSpec().suspend();
    return paused
        ? unknown(SUSPENDED, join("Paused by spec.suspend", experiment.message()))
        : unknown("WaitingForDecision", experiment.message());
  }

  /** A run whose Job is gone before it ended. */
  static RunVerdict withoutJob(ShardFigures figures) {
    if (figures.areComplete()) {
      return figures.count(ShardStatus::failed) > 0
          ? bad(WorkerEnd.PARTIALLY_SENT, sent(figures))
          : good(WorkerEnd.SUCCEEDED, sent(figures));
    }
    return bad(WorkerEnd.CANCELLED, join("Its Job was deleted", figures.sentence()));
  }

  /** A run whose Job has ended. */
  static RunVerdict ended(
      ObservedRun observed, JobEnd end, ShardFigures figures, List<WorkerEnd> ends) {
    return end.complete()
        ? complete(observed, figures, ends)
        : failed(end, figures, WorkerEnd.lastOfEach(ends).values());
  }

  private static RunVerdict complete(
      ObservedRun observed, ShardFigures figures, List<WorkerEnd> ends) {
    Collection<WorkerEnd> last = WorkerEnd.lastOfEach(ends).values();
    boolean dry = observed.run().getSpec() != null && observed.run().getSpec().dryRun();
    if (dry || all(last, end -> end.reason().equals(WorkerEnd.DRY_RUN))) {
      return good(WorkerEnd.DRY_RUN, wouldBeSent(figures));
    }
    // A worker that is started again after its last mail finds its run completed, too.
    boolean first = ends.size() == last.size();
    if (first && all(last, end -> end.reason().equals(WorkerEnd.ALREADY_COMPLETED))) {
      return good(WorkerEnd.ALREADY_COMPLETED, last.iterator().next().sentence());
    }
    return good(WorkerEnd.SUCCEEDED, sent(figures));
  }

  private static RunVerdict failed(
      JobEnd end, ShardFigures figures, Collection<WorkerEnd> lastOfEach) {
    if (end.reason().equals(JobEnd.DEADLINE_EXCEEDED)) {
      return bad(
          JobEnd.DEADLINE_EXCEEDED, join("The run took longer than it may", figures.sentence()));
    }
    for (String reason : GRAVITY) {
      for (WorkerEnd worker : lastOfEach) {
        if (worker.reason().equals(reason)) {
          return byWorker(worker, figures);
        }
      }
    }
    for (WorkerEnd worker : lastOfEach) {
      if (!GOOD.contains(worker.reason())) {
        return bad(FAILED, join(worker.sentence(), figures.sentence()));
      }
    }
    return withoutWorkers(end, figures);
  }

  private static RunVerdict byWorker(WorkerEnd worker, ShardFigures figures) {
    return switch (worker.reason()) {
      case WorkerEnd.PARTIALLY_SENT -> bad(WorkerEnd.PARTIALLY_SENT, sent(figures));
      case WorkerEnd.RETRY -> bad(FAILED, join(worker.sentence(), figures.sentence()));
      default -> bad(worker.reason(), join(worker.sentence(), figures.sentence()));
    };
  }

  /** The Pods are gone, so the Job and the figures are all there is. */
  private static RunVerdict withoutWorkers(JobEnd end, ShardFigures figures) {
    boolean finished =
        !figures.shards().isEmpty()
            && figures.shards().values().stream()
                .allMatch(shard -> shard.activity() == ShardActivity.Finished);
    if (finished && figures.count(ShardStatus::failed) > 0) {
      return bad(WorkerEnd.PARTIALLY_SENT, sent(figures));
    }
    String why = end.message().isEmpty() ? "The Job failed" : end.message();
    return bad(FAILED, join(why, figures.sentence()));
  }

  /** Between two tries: no Pod runs, and the last one that did ended in vain. */
  private static Optional<RunVerdict> triesAgain(
      ObservedRun observed, ShardFigures figures, List<WorkerEnd> ends) {
    boolean failed =
        !ends.isEmpty()
            && !isRunning(observed)
            && !GOOD.contains(ends.get(ends.size() - 1).reason());
    if (!failed) {
      return Optional.empty();
    }
    WorkerEnd last = ends.get(ends.size() - 1);
    return Optional.of(
        unknown(
            last.killed() == null ? WorkerEnd.RETRY : POD_FAILED,
            join(join(last.sentence(), "tries again"), figures.sentenceSoFar())));
  }

  private static boolean isRunning(ObservedRun observed) {
    return observed.pods().stream()
        .anyMatch(pod -> pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase()));
  }

  private static boolean isSuspended(ObservedRun observed) {
    return observed.job().getSpec() != null
        && Boolean.TRUE.equals(observed.job().getSpec().getSuspend());
  }

  private static boolean all(Collection<WorkerEnd> ends, Predicate<WorkerEnd> test) {
    return !ends.isEmpty() && ends.stream().allMatch(test);
  }

  private static String whatIsPending(ObservedRun observed) {
    if (observed.job() == null) {
      return "Has no Job yet";
    }
    return isRunning(observed)
        ? "Its Pods run, none has reported yet"
        : "Waits for its Pods to start";
  }

  private static String wouldBeSent(ShardFigures figures) {
    long planned = figures.count(ShardStatus::selected);
    String nothing = "nothing was sent, because this is a dry run";
    return figures.sentence() == null
        ? "N" + nothing.substring(1)
        : ShardFigures.number(planned)
            + (planned == 1 ? " recipient" : " recipients")
            + " would get mail; "
            + nothing;
  }

  /** The figures as a sentence of their own. */
  private static String sent(ShardFigures figures) {
    return capitalised(figures.sentence(), "The workers reported no figures");
  }

  private static String capitalised(String sentence, String otherwise) {
    return sentence == null
        ? otherwise
        : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private static String join(String one, String other) {
    return other == null ? one : one.replaceFirst("[.]$", "") + "; " + other;
  }

  private static RunVerdict unknown(String reason, String message) {
    return new RunVerdict(ConditionStatus.Unknown, reason, message);
  }

  private static RunVerdict good(String reason, String message) {
    return new RunVerdict(ConditionStatus.True, reason, message);
  }

  private static RunVerdict bad(String reason, String message) {
    return new RunVerdict(ConditionStatus.False, reason, message);
  }
}
