package dev.lettershop.controller.campaignrun;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.controller.apply.Applied;
import dev.lettershop.controller.apply.Applier;
import dev.lettershop.controller.apply.Remover;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.compile.CampaignPlan;
import dev.lettershop.controller.compile.CampaignPlanner;
import dev.lettershop.controller.event.EventReason;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.status.DiagnosticText;
import dev.lettershop.controller.workload.CampaignWorkload;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.References;
import dev.lettershop.resource.DurationText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The Jobs of runs: makes, pauses, resumes and stops them. */
public final class RunJobs {
  private static final Duration DEFAULT_DEADLINE = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofSeconds(5);

  private final ReconcilerTools tools;
  private final Applier applier;
  private final CronWork work;
  private final CampaignWorkload workload;
  private final Remover remover;
  private final KubernetesClient client;

  public RunJobs(
      ReconcilerTools tools,
      Applier applier,
      Remover remover,
      CronWork work,
      CampaignWorkload workload,
      KubernetesClient client) {
    this.tools = tools;
    this.applier = applier;
    this.remover = remover;
    this.work = work;
    this.workload = workload;
    this.client = client;
  }

  /**
   * What became of starting a run.
   *
   * @param job null when it could not be made yet
   * @param reason why not, in CamelCase
   * @param again when to try again without having been woken, or null
   */
  record Start(Job job, String reason, String message, Duration again) {
    static Start hindered(ApplyFailure applyFailure) {
      return new Start(null, applyFailure.reason(), applyFailure.message(), applyFailure.again());
    }
  }

  /** Whether a run had a Job once: it is not given another. */
  static boolean hadJob(CampaignRun run) {
    return follows(run) != null || run.getStatus() != null && run.getStatus().planHash() != null;
  }

  /** Uid of the Job for which the run was made; null when the run came first. */
  private static String follows(CampaignRun run) {
    return OwnershipLabels.annotation(run, OwnershipLabels.JOB_UID);
  }

  /**
   * Whether a Job of the run's name is the run's: made for it, or the one that it was made for.
   * Annotations can be written by whoever may make a run, so the Job has to say so too.
   */
  static boolean belongs(Job job, CampaignRun run) {
    boolean ours =
        Labels.CONTROLLER.equals(OwnershipLabels.label(job, Labels.MANAGED_BY))
            && run.getSpec()
                .campaignRef()
                .name()
                .equals(OwnershipLabels.label(job, Labels.CAMPAIGN));
    return ours
        && (job.hasOwnerReferenceFor(run.getMetadata().getUid())
            || Objects.equals(follows(run), job.getMetadata().getUid()));
  }

  /** Whether a Job of the run's name belonged to an earlier run of that name, and goes with it. */
  static boolean isVanishing(Job job, CampaignRun run) {
    return !belongs(job, run)
        && (job.isMarkedForDeletion()
            || job.getMetadata().getOwnerReferences().stream()
                .anyMatch(
                    owner ->
                        owner.getKind().equals(run.getKind())
                            && owner.getName().equals(run.getMetadata().getName())));
  }

  /** Until when a run has to have started. */
  static Instant deadline(CampaignRun run, Campaign campaign) {
    return Instant.parse(run.getMetadata().getCreationTimestamp()).plus(startingDeadline(campaign));
  }

  /**
   * @param campaign null when there is none
   */
  static Duration startingDeadline(Campaign campaign) {
    return campaign == null || campaign.getSpec() == null
        ? DEFAULT_DEADLINE
        : DurationText.parse(campaign.getSpec().startingDeadline());
  }

  /** Whether the server has no such Campaign: a cache alone is not enough to stop a run. */
  boolean isGone(CampaignRun run) {
    return client
            .resources(Campaign.class)
            .inNamespace(run.getMetadata().getNamespace())
            .withName(run.getSpec().campaignRef().name())
            .get()
        == null;
  }

  /** The Job as the server has it. */
  Optional<Job> live(CampaignRun run) {
    return live(run, OwnershipLabels.jobOf(run));
  }

  private Optional<Job> live(CampaignRun run, String name) {
    return Optional.ofNullable(
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(run.getMetadata().getNamespace())
            .withName(name)
            .get());
  }

  /**
   * @param campaign null when there is none
   * @param waitsFor name of the run that has to end first, or null
   */
  Start start(CampaignRun run, Campaign campaign, String waitsFor) {
    return start(
        run,
        campaign,
        compiled -> workload.job(compiled, run, run.getSpec().suspend() || waitsFor != null));
  }

  /**
   * Makes the Job that takes a look at the run's experiment.
   *
   * @param campaign null when there is none
   * @param look number of the look, from 1
   */
  Start look(CampaignRun run, Campaign campaign, int look) {
    return start(run, campaign, compiled -> workload.look(compiled, run, look));
  }

  private Start start(
      CampaignRun run, Campaign campaign, Function<CampaignWorkload.Compiled, Job> makes) {
    ResourceRef ref = new ResourceRef("Campaign", run.getSpec().campaignRef().name());
    if (campaign == null) {
      tools.note(run, Set.of(ref));
      return new Start(
          null,
          "CampaignNotFound",
          "spec.campaignRef.name: Campaign \"" + ref.name() + "\" does not exist; apply it",
          null);
    }
    if (campaign.getSpec() == null) {
      tools.note(run, Set.of(ref));
      return new Start(
          null,
          "InvalidCampaign",
          "Campaign/" + ref.name() + " cannot be read: " + OwnershipLabels.unreadable(campaign),
          null);
    }
    CampaignPlan plan =
        tools.compile(
            run,
            compiler -> CampaignPlanner.plan(campaign, compiler),
            compiled -> withCampaign(compiled.references(), ref));
    if (!plan.succeeded()) {
      return new Start(
          null,
          "InvalidCampaign",
          DiagnosticText.of(
              ReconcilerTools.ref(run),
              plan.diagnostics().stream().filter(Diagnostic::isError).toList()),
          null);
    }
    ConfigMap map = PlanConfigMap.of(campaign, plan.files(), plan.document().hash());
    CampaignWorkload.Compiled compiled =
        new CampaignWorkload.Compiled(
            campaign, plan.document(), plan.sources(), map.getMetadata().getName());
    Optional<ApplyFailure> applyFailure = work.plan(campaign, map);
    Optional<ConfigMap> recipients = CampaignWorkload.recipients(run);
    if (applyFailure.isEmpty() && recipients.isPresent()) {
      applyFailure = ApplyFailure.in(applier.apply(recipients.get(), Optional.empty()));
    }
    if (applyFailure.isPresent()) {
      return Start.hindered(applyFailure.get());
    }
    Job job = makes.apply(compiled);
    Applied<Job> applied = applier.apply(job, Optional.empty());
    applyFailure = ApplyFailure.in(applied);
    if (applyFailure.isPresent()) {
      return Start.hindered(applyFailure.get());
    }
    if (applied instanceof Applied.Created) {
      tools.record(run, EventReason.RunCreated, "Made Job " + job.getMetadata().getName());
    }
    return new Start(
        live(run, job.getMetadata().getName()).orElse(null),
        "Pending",
        "Its Job has been made",
        SOON);
  }

  private static References withCampaign(References references, ResourceRef campaign) {
    Set<ResourceRef> all = new HashSet<>(references.all());
    all.add(campaign);
    return new References(all, references.missing());
  }

  /** Pauses or resumes a Job that is not finished. */
  void suspend(Job job, boolean suspended) {
    applier.suspend(job, suspended);
  }

  /** Ends a Job and its Pods; what they have begun is recorded, and no more is sent. */
  void stop(Job job) {
    remover.remove(job);
  }
}
