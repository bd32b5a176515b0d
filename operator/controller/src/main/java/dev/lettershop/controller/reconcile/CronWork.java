package dev.lettershop.controller.reconcile;

import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.event.EventReason;
import dev.lettershop.controller.workload.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Creates, updates and deletes a plan's ConfigMap and its CronJob. */
public final class CronWork {
  private final ClusterCache cache;
  private final Applier applier;
  private final Remover remover;
  private final PlanMaps planMaps;
  private final ReconcilerTools tools;

  public CronWork(
      ClusterCache cache,
      Applier applier,
      Remover remover,
      PlanMaps planMaps,
      ReconcilerTools tools) {
    this.cache = cache;
    this.applier = applier;
    this.remover = remover;
    this.planMaps = planMaps;
    this.tools = tools;
  }

  /**
   * @param owner whose work it is
   * @return what is in the way, or empty
   */
  public Optional<ApplyFailure> plan(HasMetadata owner, ConfigMap plan) {
    return ApplyFailure.in(
        applier.apply(plan, cache.planMaps().get(namespace(owner), plan.getMetadata().getName())));
  }

  /**
   * @return what is in the way, or empty
   */
  public Optional<ApplyFailure> cronJob(HasMetadata owner, CronJob cronJob) {
    Optional<CronJob> before = present(owner, cronJob);
    return recorded(owner, before, cronJob, applier.apply(cronJob, before));
  }

  /**
   * The same for a CronJob that must not catch up on missed schedules: Kubernetes starts what a
   * changed or resumed one would have started before, as far as its starting deadline reaches. A
   * new one has no past. While one of its Jobs is not over, the old one is paused instead, and
   * replaced when a change of that Job wakes the owner. Whether it has a past is decided by what
   * the cache shows, so only that very CronJob is changed or replaced.
   *
   * @param over whether a Job is finished, and all that is to be known of it written down
   * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 or 404 when the
   *     cache is behind
   */
  public Optional<ApplyFailure> cronJobWithoutPast(
      HasMetadata owner, String label, CronJob cronJob, Predicate<Job> over) {
    Optional<CronJob> before = present(owner, cronJob);
    Optional<CronJob> moved =
        before
            .filter(own -> own.hasOwnerReferenceFor(owner.getMetadata().getUid()))
            .filter(own -> isMoved(own, cronJob));
    if (moved.isEmpty()) {
      return recorded(owner, before, cronJob, applier.applyTo(cronJob, before));
    }
    if (isBusy(moved.get(), jobs(owner, label), over)) {
      applier.pause(moved.get());
      return Optional.empty();
    }
    remover.remove(moved.get());
    Applied<CronJob> applied = applier.applyTo(cronJob, Optional.empty());
    if (applied instanceof Applied.Created) {
      record(owner, moved.get(), cronJob);
    }
    return ApplyFailure.in(applied);
  }

  private Optional<CronJob> present(HasMetadata owner, CronJob desired) {
    return cache.cronJobs().get(namespace(owner), desired.getMetadata().getName());
  }

  private Optional<ApplyFailure> recorded(
      HasMetadata owner, Optional<CronJob> before, CronJob desired, Applied<CronJob> applied) {
    if (applied instanceof Applied.Updated && before.isPresent()) {
      record(owner, before.get(), desired);
    }
    return ApplyFailure.in(applied);
  }

  /**
   * That the next Job follows another plan is in the owner's status, and costs no Event: a template
   * may be used by hundreds.
   */
  private void record(HasMetadata owner, CronJob before, CronJob after) {
    String name = "CronJob " + after.getMetadata().getName();
    if (Applier.wasDesired(after, before)) {
      tools.record(
          owner,
          EventReason.CronJobRestored,
          name
              + " was changed by somebody else and is again as "
              + owner.getKind()
              + " "
              + owner.getMetadata().getName()
              + " says; change that instead");
    } else if (isRescheduled(before, after)) {
      tools.record(owner, EventReason.CronJobUpdated, name + " starts " + when(after));
    }
  }

  private static String when(CronJob cronJob) {
    return "by " + cronJob.getSpec().getSchedule() + " in " + cronJob.getSpec().getTimeZone();
  }

  /** Whether it would start at another time than before, or starts at all again. */
  private static boolean isMoved(CronJob before, CronJob after) {
    boolean resumed =
        Boolean.TRUE.equals(before.getSpec().getSuspend())
            && !Boolean.TRUE.equals(after.getSpec().getSuspend());
    return resumed || isRescheduled(before, after);
  }

  private static boolean isRescheduled(CronJob before, CronJob after) {
    return !Objects.equals(before.getSpec().getSchedule(), after.getSpec().getSchedule())
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
      applier.pause(cronJob);
    } else {
      remover.remove(cronJob);
    }
  }

  private static boolean isBusy(CronJob cronJob, List<Job> jobs, Predicate<Job> over) {
    return jobs.stream()
        .filter(job -> job.hasOwnerReferenceFor(cronJob.getMetadata().getUid()))
        .anyMatch(over.negate());
  }

  /** Pauses the CronJob of an owner that is to start nothing, whatever else is to become of it. */
  public void pause(HasMetadata owner) {
    cache
        .cronJobs()
        .get(namespace(owner), Names.cronJob(owner))
        .filter(cronJob -> cronJob.hasOwnerReferenceFor(owner.getMetadata().getUid()))
        .ifPresent(applier::pause);
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
