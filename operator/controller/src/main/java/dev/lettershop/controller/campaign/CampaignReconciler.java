package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.CampaignStatus;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.controller.cluster.Marks;
import dev.lettershop.controller.compile.CampaignPlan;
import dev.lettershop.controller.compile.CampaignPlanner;
import dev.lettershop.controller.reconcile.CronWork;
import dev.lettershop.controller.reconcile.Desk;
import dev.lettershop.controller.reconcile.Hindrance;
import dev.lettershop.controller.reconcile.KindReconciler;
import dev.lettershop.controller.reconcile.PlanMaps;
import dev.lettershop.controller.reconcile.Sooner;
import dev.lettershop.controller.reconcile.Verdict;
import dev.lettershop.controller.status.CampaignStatusView;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.RunStatusView;
import dev.lettershop.controller.workload.CampaignWorkload;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.controller.workload.Names;
import dev.lettershop.controller.workload.PlanConfigMap;
import dev.lettershop.job.RunName;
import dev.lettershop.schedule.NextRun;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  private final CampaignWorkload workload;
  private final CampaignRuns runs;

  public CampaignReconciler(
      Desk desk, CronWork work, CampaignWorkload workload, CampaignRuns runs) {
    super(desk, Campaign.class, desk.cache().campaigns());
    this.work = work;
    this.workload = workload;
    this.runs = runs;
  }

  /** A campaign that is suspended starts nothing, whatever else fails. */
  @Override
  protected Sooner settle(Campaign campaign) {
    try {
      return settled(campaign);
    } catch (RuntimeException | Error e) {
      if (campaign.getSpec().suspend()) {
        work.pause(campaign);
      }
      throw e;
    }
  }

  private Sooner settled(Campaign campaign) {
    Instant now = desk().clock().instant();
    Compiled compiled =
        desk()
            .compile(
                campaign,
                compiler ->
                    new Compiled(
                        CampaignPlanner.plan(campaign, compiler),
                        Addressing.of(campaign, compiler)),
                result -> result.plan().references());
    CampaignPlan plan = compiled.plan();
    Verdict verdict = desk().verdict(campaign, plan.diagnostics(), plan.references());

    Schedule schedule = apply(campaign, compiled);
    CampaignRuns.Outcome made = runs.keep(campaign, plan.succeeded(), now);
    Optional<Hindrance> hindrance = schedule.hindrance().or(made::hindrance);
    Instant next = next(campaign, plan, schedule, now);

    write(
        campaign,
        latest ->
            CampaignStatusView.compute(
                latest,
                judge(latest, verdict, hindrance, schedule.held(), made.missed()),
                plan.succeeded() ? plan.document().hash() : planHash(latest),
                runsOf(campaign),
                next));
    return Sooner.of(
        verdict.untilLate(judge(campaign, verdict, hindrance, schedule.held(), made.missed())),
        hindrance.map(Hindrance::again).orElse(null),
        next == null ? null : Duration.between(now, next).plus(AFTER_DUE));
  }

  /**
   * What came of the CronJob.
   *
   * @param hindrance what is in the way
   * @param held what becomes of the last good plan when the present one is not good: that the
   *     schedule goes on with it, or why it is paused; null when there is nothing to say
   * @param lastGood the CronJob that goes on with the last good plan, or null
   */
  private record Schedule(Optional<Hindrance> hindrance, String held, CronJob lastGood) {
    Schedule(Optional<Hindrance> hindrance) {
      this(hindrance, null, null);
    }
  }

  /** When the next run is due, be it by the last good plan. */
  private static Instant next(
      Campaign campaign, CampaignPlan plan, Schedule schedule, Instant now) {
    if (plan.succeeded()) {
      return NextRun.of(campaign.getSpec(), now).orElse(null);
    }
    if (schedule.lastGood() == null) {
      return null;
    }
    CronJobSpec spec = schedule.lastGood().getSpec();
    return NextRun.of(new CronSchedule(spec.getSchedule(), spec.getTimeZone()), now).orElse(null);
  }

  private record Compiled(CampaignPlan plan, Addressing addressing) {}

  private Schedule apply(Campaign campaign, Compiled compiled) {
    CampaignPlan plan = compiled.plan();
    CampaignSpec spec = campaign.getSpec();
    boolean recurring = spec.schedule() != null && spec.schedule().cron() != null;
    if (!recurring) {
      work.removeCronJobs(campaign, Labels.CAMPAIGN);
    }
    if (!plan.succeeded()) {
      return recurring ? hold(campaign, compiled) : new Schedule(Optional.empty());
    }
    ConfigMap map = PlanConfigMap.of(campaign, plan.files(), plan.document().hash());
    String mapName = map.getMetadata().getName();
    Optional<CronJob> cronJob =
        workload
            .cronJob(
                new CampaignWorkload.Compiled(campaign, plan.document(), plan.sources(), mapName))
            .map(desired -> addressed(desired, compiled.addressing()));
    Optional<Hindrance> hindrance = work.plan(campaign, map);
    if (hindrance.isEmpty() && cronJob.isPresent()) {
      hindrance = cronJob(campaign, cronJob.get());
    }
    if (hindrance.isEmpty()) {
      work.prune(campaign, Labels.CAMPAIGN, mapName);
    }
    return new Schedule(hindrance);
  }

  private Optional<Hindrance> cronJob(Campaign campaign, CronJob cronJob) {
    return work.cronJobWithoutPast(campaign, Labels.CAMPAIGN, cronJob, this::isOver);
  }

  /** A run that has ended keeps its status when its Job goes. */
  private boolean isOver(Job job) {
    return PlanMaps.isFinished(job)
        && desk()
            .cache()
            .runs()
            .get(job.getMetadata().getNamespace(), RunName.of(job.getMetadata().getName()))
            .filter(run -> RunStatusView.ended(run.getStatus()))
            .isPresent();
  }

  private static CronJob addressed(CronJob cronJob, Addressing addressing) {
    return new CronJobBuilder(cronJob)
        .editMetadata()
        .addToAnnotations(Marks.ADDRESSING, addressing.text())
        .endMetadata()
        .build();
  }

  /**
   * The last good CronJob goes on, unless it would mail whom or as whom the author no longer says.
   */
  private Schedule hold(Campaign campaign, Compiled compiled) {
    return desk()
        .cache()
        .cronJobs()
        .get(campaign.getMetadata().getNamespace(), Names.cronJob(campaign))
        .filter(cronJob -> cronJob.hasOwnerReferenceFor(campaign.getMetadata().getUid()))
        .map(
            cronJob -> {
              LastGood last =
                  LastGood.of(
                      cronJob, campaign, compiled.addressing(), compiled.plan().diagnostics());
              boolean goesOn = !last.cronJob().getSpec().getSuspend();
              return new Schedule(
                  last.isAlready(cronJob) ? Optional.empty() : cronJob(campaign, last.cronJob()),
                  goesOn ? goesOn(last.cronJob()) : last.reason(),
                  goesOn ? last.cronJob() : null);
            })
        .orElse(new Schedule(Optional.empty()));
  }

  private static String goesOn(CronJob lastGood) {
    Map<String, String> annotations =
        lastGood.getSpec().getJobTemplate().getMetadata().getAnnotations();
    return "the schedule goes on with the last good plan, "
        + annotations.get(Labels.PLAN_HASH)
        + " in ConfigMap "
        + annotations.get(Labels.PLAN);
  }

  private List<CampaignRun> runsOf(Campaign campaign) {
    return desk()
        .cache()
        .runs()
        .by(campaign.getMetadata().getNamespace(), campaign.getMetadata().getName());
  }

  private Conditions judge(
      Campaign campaign,
      Verdict verdict,
      Optional<Hindrance> hindrance,
      String held,
      boolean missed) {
    Conditions before = before(campaign);
    if (hindrance.isPresent()) {
      return hindrance.get().applyTo(before);
    }
    Conditions judged =
        missed
            ? verdict.applyTo(
                before, "Missed", "Nothing was sent in time: the starting deadline has passed")
            : verdict.applyTo(before, reason(campaign), message(campaign));
    return held == null ? judged : judged.held(held);
  }

  private static String reason(Campaign campaign) {
    CampaignSpec spec = campaign.getSpec();
    return spec.suspend() ? "Suspended" : spec.schedule() == null ? "Ready" : "Scheduled";
  }

  private static String message(Campaign campaign) {
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
    return "Sends by its schedule";
  }

  private static String planHash(Campaign campaign) {
    return campaign.getStatus() == null ? null : campaign.getStatus().planHash();
  }

  @Override
  protected void leave(Campaign unreadable) {
    if (Marks.isUnreadableAndSuspended(unreadable)) {
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
        ? new CampaignStatus(generation, conditions, null, null, null)
        : new CampaignStatus(
            generation, conditions, before.planHash(), before.nextRunTime(), before.lastRun());
  }
}
