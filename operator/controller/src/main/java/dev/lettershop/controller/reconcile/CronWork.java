package dev.lettershop.controller.reconcile;

import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.event.EventReason;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Brings a plan and the CronJob that works by it into the cluster, or takes them away. */
public final class CronWork {
  private static final String CHANGED = "Changed CronJob ";

  private final ClusterCache cache;
  private final Applier applier;
  private final KubernetesClient client;
  private final PlanMaps planMaps;
  private final Desk desk;

  public CronWork(
      ClusterCache cache, Applier applier, KubernetesClient client, PlanMaps planMaps, Desk desk) {
    this.cache = cache;
    this.applier = applier;
    this.client = client;
    this.planMaps = planMaps;
    this.desk = desk;
  }

  /**
   * @param owner whose work it is
   * @return what is in the way, or empty
   */
  public Optional<Hindrance> plan(HasMetadata owner, ConfigMap plan) {
    return Hindrance.in(
        applier.apply(plan, cache.planMaps().get(namespace(owner), plan.getMetadata().getName())));
  }

  /**
   * @return what is in the way, or empty
   */
  public Optional<Hindrance> cronJob(HasMetadata owner, CronJob cronJob) {
    Optional<CronJob> before =
        cache.cronJobs().get(namespace(owner), cronJob.getMetadata().getName());
    Applied<CronJob> applied = applier.apply(cronJob, before);
    String name = cronJob.getMetadata().getName();
    if (applied instanceof Applied.Created) {
      desk.record(owner, EventReason.CronJobCreated, "Made CronJob " + name);
    } else if (applied instanceof Applied.Updated) {
      desk.record(owner, EventReason.CronJobUpdated, CHANGED + name);
    }
    return Hindrance.in(applied);
  }

  /**
   * The same for a CronJob that must never make up for the past: Kubernetes starts what a changed
   * or resumed one would have started before, as far as its starting deadline reaches. A new one
   * has no past. While one of its Jobs is not over, the old one is paused instead, and replaced
   * when a change of that Job wakes the owner.
   *
   * @param over whether a Job is finished, and all that is to be known of it written down
   */
  public Optional<Hindrance> cronJobWithoutPast(
      HasMetadata owner, String label, CronJob cronJob, Predicate<Job> over) {
    Optional<CronJob> moved =
        cache
            .cronJobs()
            .get(namespace(owner), cronJob.getMetadata().getName())
            .filter(before -> before.hasOwnerReferenceFor(owner.getMetadata().getUid()))
            .filter(before -> isMoved(before, cronJob));
    if (moved.isEmpty()) {
      return cronJob(owner, cronJob);
    }
    if (isBusy(moved.get(), jobs(owner, label), over)) {
      pause(moved.get());
      return Optional.empty();
    }
    delete(moved.get());
    Applied<CronJob> applied = applier.apply(cronJob, Optional.empty());
    if (applied instanceof Applied.Created) {
      desk.record(owner, EventReason.CronJobUpdated, CHANGED + cronJob.getMetadata().getName());
    }
    return Hindrance.in(applied);
  }

  /** Whether it would start at another time than before, or starts at all again. */
  private static boolean isMoved(CronJob before, CronJob after) {
    boolean resumed =
        Boolean.TRUE.equals(before.getSpec().getSuspend())
            && !Boolean.TRUE.equals(after.getSpec().getSuspend());
    return resumed
        || !Objects.equals(before.getSpec().getSchedule(), after.getSpec().getSchedule())
        || !Objects.equals(before.getSpec().getTimeZone(), after.getSpec().getTimeZone());
  }

  /** Removes plans that are no longer needed. */
  public void prune(HasMetadata owner, String label, String present) {
    planMaps.prune(
        namespace(owner), ClusterCache.ownedBy(label, owner.getMetadata().getName()), present);
  }

  /**
   * Removes the CronJobs of an owner that has no schedule any more. With a CronJob go its Jobs, so
   * one of which something is under way is paused and removed when that has ended.
   */
  public void removeCronJobs(HasMetadata owner, String label) {
    cache
        .cronJobs()
        .by(namespace(owner), ClusterCache.ownedBy(label, owner.getMetadata().getName()))
        .stream()
        .filter(cronJob -> cronJob.hasOwnerReferenceFor(owner.getMetadata().getUid()))
        .filter(cronJob -> !cronJob.isMarkedForDeletion())
        .forEach(cronJob -> remove(cronJob, jobs(owner, label)));
  }

  private void remove(CronJob cronJob, List<Job> jobs) {
    if (isBusy(cronJob, jobs, PlanMaps::isFinished)) {
      pause(cronJob);
    } else {
      delete(cronJob);
    }
  }

  private static boolean isBusy(CronJob cronJob, List<Job> jobs, Predicate<Job> over) {
    return jobs.stream()
        .filter(job -> job.hasOwnerReferenceFor(cronJob.getMetadata().getUid()))
        .anyMatch(over.negate());
  }

  private void pause(CronJob cronJob) {
    if (!Boolean.TRUE.equals(cronJob.getSpec().getSuspend())) {
      client
          .resource(cronJob)
          .edit(
              present -> {
                present.getSpec().setSuspend(true);
                return present;
              });
    }
  }

  /** Only the very one that the cache shows: by its name another might be hit. */
  private void delete(CronJob cronJob) {
    try {
      client
          .resource(cronJob)
          .lockResourceVersion(cronJob.getMetadata().getResourceVersion())
          .delete();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** The Jobs made for an owner. */
  public List<Job> jobs(HasMetadata owner, String label) {
    return cache
        .jobs()
        .by(namespace(owner), ClusterCache.ownedBy(label, owner.getMetadata().getName()));
  }

  /** The Pods of Jobs. */
  public List<Pod> pods(List<Job> jobs) {
    return jobs.stream()
        .flatMap(
            job ->
                cache
                    .pods()
                    .by(job.getMetadata().getNamespace(), job.getMetadata().getName())
                    .stream())
        .toList();
  }

  private static String namespace(HasMetadata owner) {
    return owner.getMetadata().getNamespace();
  }
}
