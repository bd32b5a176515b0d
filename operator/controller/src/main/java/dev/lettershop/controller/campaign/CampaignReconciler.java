package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.CampaignStatus;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.compile.CampaignPlan;
import dev.lettershop.controller.compile.CampaignPlanner;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.KindReconciler;
import dev.lettershop.controller.reconcile.ReconcilerTools;
import dev.lettershop.controller.reconcile.Requeue;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.CampaignStatusView;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.workload.CampaignWorkload;
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

/** Turns a Campaign into a plan, a CronJob and runs, and these into its status. */
@ControllerConfiguration(
    name = "campaign",
    informer = @Informer(comparableResourceVersions = false),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@RateLimited(maxReconciliations = 3, within = 1)
@GradualRetry(maxAttempts = -1, initialInterval = 1_000, maxInterval = 60_000)
@Singleton
public class CampaignReconciler extends KindReconciler<Campaign, CampaignStatus> {
  private static final Duration AFTER_DUE = Duration.ofSeconds(2);

  private final CronWork work;
  private final CampaignSchedules schedules;
  private final CampaignRuns runs;
  private final TriggerDeployments deployments;

  public CampaignReconciler(
      ReconcilerTools tools,
      CronWork work,
      CampaignWorkload workload,
      CampaignRuns runs,
      TriggerDeployments deployments) {
    super(tools, Campaign.class, tools.cache().campaigns());
    this.work = work;
    this.schedules = new CampaignSchedules(tools.cache(), work, workload, deployments);
    this.runs = runs;
    this.deployments = deployments;
  }

  /** A campaign that is suspended starts nothing, whatever else fails. */
  @Override
  protected Requeue settle(Campaign campaign) {
    try {
      return settled(campaign);
    } catch (RuntimeException | Error e) {
      if (campaign.getSpec().suspend()) {
        work.pause(campaign);
      }
      throw e;
    }
  }

  private Requeue settled(Campaign campaign) {
    Instant now = tools().clock().instant();
    Compiled compiled =
        tools()
            .compile(
                campaign,
                compiler ->
                    new Compiled(
                        CampaignPlanner.plan(campaign, compiler),
                        AudienceFingerprint.of(campaign, compiler)),
                result -> result.plan().references());
    CampaignPlan plan = compiled.plan();
    Verdict verdict = tools().verdict(campaign, plan.diagnostics(), plan.references());

    CampaignSchedules.Outcome schedule = schedules.apply(campaign, plan, compiled.addressing());
    CampaignRuns.Outcome made = runs.keep(campaign, plan.succeeded(), now);
    Optional<ApplyFailure> applyFailure = schedule.applyFailure().or(made::applyFailure);
    Instant next = schedule.next(campaign, plan, now);

    write(
        campaign,
        latest ->
            CampaignStatusView.compute(
                latest,
                judge(latest, verdict, applyFailure, schedule.held(), made.missed()),
                plan.succeeded() ? plan.document().hash() : planHash(latest),
                runsOf(campaign),
                next));
    return Requeue.of(
        verdict.untilLate(judge(campaign, verdict, applyFailure, schedule.held(), made.missed())),
        applyFailure.map(ApplyFailure::again).orElse(null),
        next == null ? null : Duration.between(now, next).plus(AFTER_DUE));
  }

  private record Compiled(CampaignPlan plan, AudienceFingerprint addressing) {}

  private List<CampaignRun> runsOf(Campaign campaign) {
    return tools()
        .cache()
        .runs()
        .by(campaign.getMetadata().getNamespace(), campaign.getMetadata().getName());
  }

  private Conditions judge(
      Campaign campaign,
      Verdict verdict,
      Optional<ApplyFailure> applyFailure,
      String held,
      boolean missed) {
    Conditions before = before(campaign);
    if (applyFailure.isPresent()) {
      return applyFailure.get().applyTo(before);
    }
    Conditions judged =
        missed
            ? verdict.applyTo(
                before, "Missed", "Nothing was sent in time: the starting deadline has passed")
            : verdict.applyTo(before, reason(campaign), message(campaign));
    if (verdict.isSound()
        && CampaignPlanner.isTriggered(campaign)
        && !campaign.getSpec().suspend()) {
      return deployments.serving(campaign, judged);
    }
    return held == null ? judged : judged.held(held);
  }

  private static String reason(Campaign campaign) {
    CampaignSpec spec = campaign.getSpec();
    if (spec.suspend()) {
      return "Suspended";
    }
    return spec.schedule() == null
        ? "Ready"
        : spec.schedule().trigger() != null ? "Triggered" : "Scheduled";
  }

  private String message(Campaign campaign) {
    CampaignSpec spec = campaign.getSpec();
    if (spec.suspend()) {
      return "The schedule is paused by spec.suspend";
    }
    if (spec.schedule() == null) {
      return "Sends when a CampaignRun is made by hand";
    }
    if (spec.schedule().at() != null) {
      return "Sends once, at " + spec.schedule().at();
    }
    return spec.schedule().trigger() != null
        ? "Sends when its trigger says; " + deployments.rollout(campaign).sentence()
        : "Sends by its schedule";
  }

  private static String planHash(Campaign campaign) {
    return campaign.getStatus() == null ? null : campaign.getStatus().planHash();
  }

  @Override
  protected void leave(Campaign unreadable) {
    if (OwnershipLabels.isUnreadableAndSuspended(unreadable)) {
      work.pause(unreadable);
    }
  }

  @Override
  protected List<Condition> conditions(CampaignStatus status) {
    return status.conditions();
  }

  @Override
  protected CampaignStatus with(
      CampaignStatus before, Long generation, List<Condition> conditions) {
    return before == null
        ? new CampaignStatus(generation, conditions, null, null, null, null)
        : new CampaignStatus(
            generation,
            conditions,
            before.planHash(),
            before.nextRunTime(),
            before.lastRun(),
            before.trigger());
  }
}
