package dev.lettershop.controller.campaignrun;

import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.workload.Names;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The looks at the experiment of a run: a Job for each, made when the look is due, which sends what
 * the look decides. Only reads; the Jobs are made elsewhere.
 */
final class RunLooks {
  /** Clocks differ: the look has to be due by the database's, too. */
  private static final Duration AFTER = Duration.ofSeconds(2);

  private final ClusterCache cache;

  RunLooks(ClusterCache cache) {
    this.cache = cache;
  }

  /** A look that is to be taken. */
  record Next(int look, Instant at) {}

  /**
   * The next look for which no Job was made; empty when there is none.
   *
   * @param experiment how it stands, as is known last; null for none
   */
  Optional<Next> next(CampaignRun run, ExperimentStatus experiment) {
    if (experiment == null || !experiment.isOpen() || job(run, experiment.nextLook()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Next(experiment.nextLook(), Instant.parse(experiment.nextLookTime()).plus(AFTER)));
  }

  /**
   * The Job that works on a run now, or did last.
   *
   * @param first of the run itself; null when there is none any more
   */
  Job present(CampaignRun run, Job first) {
    ExperimentStatus experiment = experiment(run);
    int last = experiment == null || experiment.looks() == null ? 0 : experiment.looks();
    for (int look = last; look > 0; look--) {
      Optional<Job> job = job(run, look);
      if (job.isPresent()) {
        return job.get();
      }
    }
    return first;
  }

  private Optional<Job> job(CampaignRun run, int look) {
    return cache
        .jobs()
        .get(run.getMetadata().getNamespace(), Names.look(run.getMetadata().getName(), look))
        .filter(job -> RunJobs.belongs(job, run));
  }

  /** Whether people wait for the decision of a run's experiment. */
  static boolean holdsPeople(CampaignRun run) {
    ExperimentStatus experiment = experiment(run);
    return experiment != null && experiment.holdsPeople();
  }

  private static ExperimentStatus experiment(CampaignRun run) {
    return run.getStatus() == null ? null : run.getStatus().experiment();
  }
}
