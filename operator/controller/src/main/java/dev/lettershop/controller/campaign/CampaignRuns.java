package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunSpec;
import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.event.EventReason;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.PlanMaps;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.RunStatusView;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.Owner;
import dev.lettershop.job.RunName;
import dev.lettershop.resource.DurationText;
import dev.lettershop.schedule.NextRun;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives every Job of a campaign's schedule its CampaignRun, makes the run of a campaign that sends
 * once, and removes old ones. Runs made by hand are left alone: they may stand in Git.
 */
public final class CampaignRuns {
  private final ClusterCache cache;
  private final Applier applier;
  private final Remover remover;
  private final ReconcilerTools tools;

  public CampaignRuns(ClusterCache cache, Applier applier, Remover remover, ReconcilerTools tools) {
    this.cache = cache;
    this.applier = applier;
    this.remover = remover;
    this.tools = tools;
  }

  /**
   * What came of it.
   *
   * @param applyFailure what is in the way of a run
   * @param missed whether the one time to send has passed without a run
   */
  public record Outcome(Optional<ApplyFailure> applyFailure, boolean missed) {}

  /** One execution that the schedule made: its Job, its run, or both. */
  private record Execution(String name, Job job, CampaignRun run) {
    String since() {
      HasMetadata oldest = job == null ? run : job;
      return oldest.getMetadata().getCreationTimestamp();
    }

    boolean isFinished() {
      return run == null
          ? PlanMaps.isFinished(job)
          : RunStatusView.ended(run.getStatus()) && (job == null || PlanMaps.isFinished(job));
    }
  }

  /**
   * @param sound whether the campaign has a plan
   */
  public Outcome keep(Campaign campaign, boolean sound, Instant now) {
    Optional<ApplyFailure> taken = keepHistory(campaign);
    Outcome once = once(campaign, sound, now);
    return new Outcome(taken.or(once::applyFailure), once.missed());
  }

  private Optional<ApplyFailure> keepHistory(Campaign campaign) {
    List<Execution> executions = new ArrayList<>(executions(campaign));
    executions.sort(Comparator.comparing(Execution::since).reversed());
    Optional<ApplyFailure> taken = Optional.empty();
    int finished = 0;
    for (Execution execution : executions) {
      if (execution.isFinished() && ++finished > campaign.getSpec().history().keep()) {
        remove(execution);
      } else if (execution.run() == null) {
        Optional<ApplyFailure> applyFailure = record(campaign, execution);
        taken = taken.or(() -> applyFailure);
      }
    }
    return taken;
  }

  /** A Job that cannot have a run must not send: nobody would see that it does. */
  private Optional<ApplyFailure> record(Campaign campaign, Execution execution) {
    ObjectMeta job = execution.job().getMetadata();
    Map<String, String> annotations = new TreeMap<>(Map.of(OwnershipLabels.JOB_UID, job.getUid()));
    if (!job.getName().equals(execution.name())) {
      annotations.put(OwnershipLabels.JOB, job.getName());
    }
    Optional<ApplyFailure> applyFailure = create(campaign, execution.name(), annotations);
    if (applyFailure.filter(found -> !found.passing()).isPresent() && !execution.isFinished()) {
      applier.suspend(execution.job(), true);
    }
    return applyFailure;
  }

  /** The Job first: as long as it is there, it would get a run again. */
  private void remove(Execution execution) {
    if (execution.job() != null) {
      remover.remove(execution.job());
    }
    if (execution.run() != null) {
      remover.remove(execution.run());
    }
  }

  private List<Execution> executions(Campaign campaign) {
    String namespace = campaign.getMetadata().getNamespace();
    String name = campaign.getMetadata().getName();
    Map<String, Execution> executions = new HashMap<>();
    for (Job job : cache.jobs().by(namespace, ClusterCache.ownedBy(Labels.CAMPAIGN, name))) {
      if (isScheduled(job, campaign)) {
        String run = RunName.of(job.getMetadata().getName());
        executions.put(
            run,
            new Execution(
                run,
                job,
                cache.runs().get(namespace, run).filter(r -> isOwn(r, campaign)).orElse(null)));
      }
    }
    for (CampaignRun run : cache.runs().by(namespace, name)) {
      if (isOwn(run, campaign)) {
        executions.computeIfAbsent(
            run.getMetadata().getName(),
            key ->
                new Execution(
                    key,
                    cache.jobs().get(namespace, OwnershipLabels.jobOf(run)).orElse(null),
                    run));
      }
    }
    return List.copyOf(executions.values());
  }

  /** Whether a Job comes from the campaign's CronJob: made by hand from it, or copied. */
  private boolean isScheduled(Job job, Campaign campaign) {
    List<OwnerReference> owners = job.getMetadata().getOwnerReferences();
    return owners.isEmpty()
        || owners.stream()
            .anyMatch(
                owner ->
                    owner.getKind().equals("CronJob")
                        && cache
                            .cronJobs()
                            .get(campaign.getMetadata().getNamespace(), owner.getName())
                            .filter(c -> c.getMetadata().getUid().equals(owner.getUid()))
                            .filter(c -> c.hasOwnerReferenceFor(campaign.getMetadata().getUid()))
                            .isPresent());
  }

  private static boolean isOwn(CampaignRun run, Campaign campaign) {
    return run.hasOwnerReferenceFor(campaign.getMetadata().getUid());
  }

  /** The one run of a campaign that sends at a time, when that has come and is not long past. */
  private Outcome once(Campaign campaign, boolean sound, Instant now) {
    var schedule = campaign.getSpec().schedule();
    if (schedule == null
        || schedule.at() == null
        || !NextRun.problems(schedule, "spec.schedule").isEmpty()) {
      return new Outcome(Optional.empty(), false);
    }
    Instant at = OffsetDateTime.parse(schedule.at()).toInstant();
    String name = OneTimeRunName.of(campaign.getMetadata().getName(), at);
    if (now.isBefore(at) || ran(campaign, name)) {
      return new Outcome(Optional.empty(), false);
    }
    if (now.isAfter(at.plus(DurationText.parse(campaign.getSpec().startingDeadline())))) {
      return new Outcome(Optional.empty(), true);
    }
    return sound && !campaign.getSpec().suspend()
        ? new Outcome(
            create(campaign, name, Map.of(OwnershipLabels.SCHEDULED_AT, schedule.at())), false)
        : new Outcome(Optional.empty(), false);
  }

  private boolean ran(Campaign campaign, String name) {
    boolean present =
        cache
            .runs()
            .get(campaign.getMetadata().getNamespace(), name)
            .filter(run -> isOwn(run, campaign))
            .isPresent();
    return present
        || campaign.getStatus() != null
            && campaign.getStatus().lastRun() != null
            && name.equals(campaign.getStatus().lastRun().name());
  }

  private Optional<ApplyFailure> create(
      Campaign campaign, String name, Map<String, String> annotations) {
    CampaignRun run = new CampaignRun();
    run.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(campaign.getMetadata().getNamespace())
            .withLabels(Labels.run(campaign.getMetadata().getName()))
            .withAnnotations(annotations)
            .withOwnerReferences(Owner.controller(campaign))
            .build());
    run.setSpec(
        new CampaignRunSpec(
            new LocalRef(campaign.getMetadata().getName()), false, List.of(), false));
    // A new object has no status; the server gives it the default.
    run.setStatus(null);
    Applied<CampaignRun> applied =
        applier.apply(run, cache.runs().get(run.getMetadata().getNamespace(), name));
    if (applied instanceof Applied.Created) {
      tools.record(campaign, EventReason.RunCreated, "Made CampaignRun " + name);
    }
    return ApplyFailure.in(applied);
  }
}
