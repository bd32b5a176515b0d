package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.controller.compile.CampaignPlan;
import dev.lettershop.controller.compile.CampaignPlanner;
import dev.lettershop.controller.reconcile.ApplyFailure;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.PlanMaps;
import dev.lettershop.controller.status.RunStatusView;
import dev.lettershop.controller.workload.CampaignWorkload;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.Names;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.job.RunName;
import dev.lettershop.schedule.NextRun;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the plan and the CronJob of a campaign as it says, and the last good ones when it says
 * something that does not compile.
 */
final class CampaignSchedules {
  private final ClusterCache cache;
  private final CronWork work;
  private final CampaignWorkload workload;
  private final TriggerDeployments deployments;

  CampaignSchedules(
      ClusterCache cache,
      CronWork work,
      CampaignWorkload workload,
      TriggerDeployments deployments) {
    this.deployments = deployments;
    this.cache = cache;
    this.work = work;
    this.workload = workload;
  }

  /**
   * What came of the CronJob.
   *
   * @param applyFailure what is in the way
   * @param held what becomes of the last good plan when the present one is not good: that the
   *     schedule goes on with it, or why it is paused; null when there is nothing to say
   * @param lastGood the CronJob that goes on with the last good plan, or null
   */
  record Outcome(Optional<ApplyFailure> applyFailure, String held, CronJob lastGood) {
    Outcome(Optional<ApplyFailure> applyFailure) {
      this(applyFailure, null, null);
    }

    /** When the next run is due, be it by the last good plan; null when none is. */
    Instant next(Campaign campaign, CampaignPlan plan, Instant now) {
      if (plan.succeeded()) {
        return NextRun.of(campaign.getSpec(), now).orElse(null);
      }
      if (lastGood == null) {
        return null;
      }
      CronJobSpec spec = lastGood.getSpec();
      return NextRun.of(new CronSchedule(spec.getSchedule(), spec.getTimeZone()), now).orElse(null);
    }
  }

  /**
   * @param addressing whom the campaign mails and as whom, as the resources say now
   */
  Outcome apply(Campaign campaign, CampaignPlan plan, AudienceFingerprint addressing) {
    CampaignSpec spec = campaign.getSpec();
    boolean recurring = spec.schedule() != null && spec.schedule().cron() != null;
    if (!recurring) {
      work.removeCronJobs(campaign, Labels.CAMPAIGN);
    }
    boolean triggered = CampaignPlanner.isTriggered(campaign);
    if (!triggered) {
      deployments.remove(campaign);
    }
    if (!plan.succeeded()) {
      return recurring
          ? hold(campaign, plan, addressing)
          : triggered ? holdDeployment(campaign, plan, addressing) : new Outcome(Optional.empty());
    }
    ConfigMap map = PlanConfigMap.of(campaign, plan.files(), plan.document().hash());
    String mapName = map.getMetadata().getName();
    CampaignWorkload.Compiled ready =
        new CampaignWorkload.Compiled(campaign, plan.document(), plan.sources(), mapName);
    Optional<CronJob> cronJob =
        workload.cronJob(ready).map(desired -> addressed(desired, addressing));
    Optional<Deployment> deployment =
        workload.deployment(ready).map(desired -> addressed(desired, addressing));
    Optional<ApplyFailure> applyFailure = work.plan(campaign, map);
    if (applyFailure.isEmpty() && cronJob.isPresent()) {
      applyFailure = cronJob(campaign, cronJob.get());
    }
    if (applyFailure.isEmpty() && deployment.isPresent()) {
      applyFailure = deployments.apply(campaign, deployment.get());
    }
    // Pods of a Deployment start with their plan at any time.
    if (applyFailure.isEmpty()
        && (deployment.isEmpty() || deployments.everyPodHas(campaign, mapName))) {
      work.prune(campaign, Labels.CAMPAIGN, mapName);
    }
    return new Outcome(applyFailure);
  }

  private Optional<ApplyFailure> cronJob(Campaign campaign, CronJob cronJob) {
    return work.cronJobWithoutPast(campaign, Labels.CAMPAIGN, cronJob, this::isOver);
  }

  /** A run that has ended keeps its status when its Job goes. */
  private boolean isOver(Job job) {
    return PlanMaps.isFinished(job)
        && cache
            .runs()
            .get(job.getMetadata().getNamespace(), RunName.of(job.getMetadata().getName()))
            .filter(run -> RunStatusView.ended(run.getStatus()))
            .isPresent();
  }

  private static CronJob addressed(CronJob cronJob, AudienceFingerprint addressing) {
    return new CronJobBuilder(cronJob)
        .editMetadata()
        .addToAnnotations(OwnershipLabels.ADDRESSING, addressing.text())
        .endMetadata()
        .build();
  }

  private static Deployment addressed(Deployment deployment, AudienceFingerprint addressing) {
    return new DeploymentBuilder(deployment)
        .editMetadata()
        .addToAnnotations(OwnershipLabels.ADDRESSING, addressing.text())
        .endMetadata()
        .build();
  }

  private Outcome holdDeployment(
      Campaign campaign, CampaignPlan plan, AudienceFingerprint addressing) {
    TriggerDeployments.Held held = deployments.hold(campaign, addressing, plan.diagnostics());
    return new Outcome(held.applyFailure(), held.held(), null);
  }

  /**
   * The last good CronJob goes on, unless it would mail whom or as whom the author no longer says.
   */
  private Outcome hold(Campaign campaign, CampaignPlan plan, AudienceFingerprint addressing) {
    return cache
        .cronJobs()
        .get(campaign.getMetadata().getNamespace(), Names.cronJob(campaign))
        .filter(cronJob -> cronJob.hasOwnerReferenceFor(campaign.getMetadata().getUid()))
        .map(
            cronJob -> {
              LastGoodPlan last =
                  LastGoodPlan.of(cronJob, campaign, addressing, plan.diagnostics());
              boolean goesOn = !last.cronJob().getSpec().getSuspend();
              return new Outcome(
                  last.isAlready(cronJob) ? Optional.empty() : cronJob(campaign, last.cronJob()),
                  goesOn ? goesOn(last.cronJob()) : last.reason(),
                  goesOn ? last.cronJob() : null);
            })
        .orElse(new Outcome(Optional.empty()));
  }

  private static String goesOn(CronJob lastGood) {
    Map<String, String> annotations =
        lastGood.getSpec().getJobTemplate().getMetadata().getAnnotations();
    return "the schedule goes on with the last good plan, "
        + annotations.get(Labels.PLAN_HASH)
        + " in ConfigMap "
        + annotations.get(Labels.PLAN);
  }
}
