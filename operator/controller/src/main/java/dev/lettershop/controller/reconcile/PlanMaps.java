package dev.lettershop.controller.reconcile;

import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.workload.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes plans that nobody needs any more. The present one stays, those of unfinished Jobs, and
 * the two newest before: a CronJob may be making a Job of one right now.
 */
public final class PlanMaps {
  /** How many that are no longer used stay: the CronJob controller may be behind. */
  private static final int EARLIER = 2;

  private final Remover remover;
  private final ClusterCache cache;

  public PlanMaps(Remover remover, ClusterCache cache) {
    this.remover = remover;
    this.cache = cache;
  }

  /**
   * @param owner label and name of whose plans they are, as {@link ClusterCache#ownedBy} gives it
   * @param present name of the present plan
   */
  public void prune(String namespace, String owner, String present) {
    Set<String> kept = new HashSet<>(Set.of(present));
    cache.jobs().by(namespace, owner).stream()
        .filter(job -> !isFinished(job))
        .forEach(job -> kept.add(planOf(job)));
    cache.cronJobs().by(namespace, owner).forEach(cronJob -> kept.add(planOf(cronJob)));
    List<ConfigMap> others =
        cache.planMaps().by(namespace, owner).stream()
            .filter(map -> "plan".equals(OwnershipLabels.label(map, Labels.COMPONENT)))
            .filter(map -> !kept.contains(map.getMetadata().getName()))
            .sorted(
                Comparator.comparing((ConfigMap map) -> map.getMetadata().getCreationTimestamp())
                    .reversed())
            .toList();
    others.stream().skip(EARLIER).forEach(remover::remove);
  }

  private static String planOf(CronJob cronJob) {
    var template = cronJob.getSpec().getJobTemplate().getMetadata();
    String plan =
        template == null || template.getAnnotations() == null
            ? null
            : template.getAnnotations().get(Labels.PLAN);
    return plan == null ? "" : plan;
  }

  private static String planOf(Job job) {
    String plan = OwnershipLabels.annotation(job, Labels.PLAN);
    return plan == null ? "" : plan;
  }

  /** Whether a Job is over, for better or worse. */
  public static boolean isFinished(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(
                c ->
                    "True".equals(c.getStatus())
                        && ("Complete".equals(c.getType()) || "Failed".equals(c.getType())));
  }
}
