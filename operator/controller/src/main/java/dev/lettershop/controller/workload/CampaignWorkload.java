package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSchedule;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.RunResume;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.resource.DurationText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What sends a campaign: the CronJob of its schedule, and the Job of a run made by hand. */
public final class CampaignWorkload {
  private static final Duration TURN_OF_THE_WORLD = Duration.ofHours(48);
  private static final Duration LEAST_STARTING_DEADLINE = Duration.ofSeconds(10);
  private static final Duration STARTING_DEADLINE = Duration.ofHours(1);
  private static final int MOST_JOBS = 10;
  private static final String RECIPIENTS_VOLUME = "test-recipients";
  private static final String RECIPIENTS_FOLDER = folder(WorkerPlaces.TEST_RECIPIENTS);
  private static final String RECIPIENTS_FILE =
      WorkerPlaces.TEST_RECIPIENTS.substring(RECIPIENTS_FOLDER.length() + 1);

  private final WorkloadSettings settings;

  public CampaignWorkload(WorkloadSettings settings) {
    this.settings = settings;
  }

  /**
   * A campaign that is ready to be sent.
   *
   * @param sources those that are read before each run
   * @param planConfigMap name of the ConfigMap with the plan
   */
  public record Compiled(
      Campaign campaign, PlanDocument plan, List<SourcePlan> sources, String planConfigMap) {
    public Compiled {
      sources = List.copyOf(sources);
    }
  }

  /** The CronJob of a campaign with a {@code cron} schedule; empty for every other one. */
  public Optional<CronJob> cronJob(Compiled compiled) {
    CampaignSpec spec = compiled.campaign().getSpec();
    CampaignSchedule schedule = spec.schedule();
    if (schedule == null || schedule.cron() == null) {
      return Optional.empty();
    }
    return Optional.of(
        template(compiled, Kind.SCHEDULED)
            .cronJob(
                compiled.campaign(),
                new JobTemplate.Timing(
                    schedule.cron(),
                    schedule.timeZone(),
                    startingDeadline(spec),
                    spec.suspend(),
                    Math.max(1, Math.min(spec.history().keep(), MOST_JOBS)))));
  }

  /** The Deployment of a triggered campaign; empty for every other one. */
  public Optional<Deployment> deployment(Compiled compiled) {
    return TriggeredWorkload.deployment(settings, compiled);
  }

  /**
   * The Job of a run made by hand.
   *
   * @param suspend whether it waits
   */
  public Job job(Compiled compiled, CampaignRun run, boolean suspend) {
    return template(compiled, Kind.of(run)).job(run, suspend);
  }

  /**
   * The Job that takes a look at the experiment of a run, and sends what that decides.
   *
   * @param look number of the look, from 1
   */
  public Job look(Compiled compiled, CampaignRun run, int look) {
    String name = run.getMetadata().getName();
    return template(compiled, Kind.of(run).working(name)).job(run, Names.look(name, look), false);
  }

  /** The ConfigMap with the only addresses that a test run mails; empty for every other run. */
  public static Optional<ConfigMap> recipients(CampaignRun run) {
    if (run.getSpec().testRecipients().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(run.getMetadata().getNamespace())
            .withName(Names.recipients(run.getMetadata().getName()))
            .withLabels(Labels.run(run.getSpec().campaignRef().name()))
            .withOwnerReferences(Owner.controller(run))
            .endMetadata()
            .withImmutable(true)
            .withData(
                Map.of(RECIPIENTS_FILE, String.join("\n", run.getSpec().testRecipients()) + "\n"))
            .build());
  }

  /**
   * How a run differs from one of the schedule.
   *
   * @param recipientsConfigMap or null when it goes to the audience
   * @param resume or null when it is a run of its own
   * @param run that a Job of another name works on; null when it has the run's name
   */
  private record Kind(boolean dryRun, String recipientsConfigMap, RunResume resume, String run) {
    static final Kind SCHEDULED = new Kind(false, null, null, null);

    public static Kind of(CampaignRun run) {
      return new Kind(
          run.getSpec().dryRun(),
          run.getSpec().testRecipients().isEmpty()
              ? null
              : Names.recipients(run.getMetadata().getName()),
          run.getSpec().resume(),
          null);
    }

    Kind working(String name) {
      return new Kind(dryRun, recipientsConfigMap, resume, name);
    }

    boolean isTest() {
      return recipientsConfigMap != null;
    }
  }

  private JobTemplate template(Compiled compiled, Kind kind) {
    // A handful of addresses needs one Pod.
    int shards = kind.isTest() ? 1 : compiled.plan().plan().parallelism();
    SecretFiles secrets =
        new SecretFiles()
            .add(compiled.plan().plan().store())
            .add(compiled.plan().plan().transport());
    compiled.sources().forEach(secrets::add);
    WorkerPod.Parts parts =
        new WorkerPod.Parts(
            args(shards, kind),
            compiled.planConfigMap(),
            secrets,
            new SourceVolumes(compiled.sources()),
            kind.isTest() ? List.of(recipientsVolume(kind)) : List.of(),
            kind.isTest() ? List.of(recipientsMount()) : List.of());
    return JobTemplate.indexed(
        compiled.campaign(),
        new JobTemplate.Planned(compiled.planConfigMap(), compiled.plan().hash()),
        shards,
        deadline(compiled.plan().plan()),
        new WorkerPod(settings).of(parts, compiled.campaign().getSpec().pod()));
  }

  /** Where local time counts, the last zone may come a day after the first, and wait a night. */
  private Duration deadline(Plan plan) {
    boolean byHours = plan.pace().localTime() != null || plan.pace().quietHours() != null;
    return byHours ? settings.sendDeadline().plus(TURN_OF_THE_WORLD) : settings.sendDeadline();
  }

  private static List<String> args(int shards, Kind kind) {
    List<String> args = new ArrayList<>();
    args.add(Component.SEND.label());
    args.add("--plan=" + WorkerPlaces.PLAN);
    args.add("--secrets=" + WorkerPlaces.SECRETS);
    args.add("--sources=" + WorkerPlaces.SOURCES);
    args.add("--shards=" + shards);
    args.add("--termination-log=" + WorkerPlaces.TERMINATION_LOG);
    if (kind.run() != null) {
      args.add("--run-name=" + kind.run());
    }
    if (kind.dryRun()) {
      args.add("--dry-run");
    }
    if (kind.resume() != null) {
      args.add("--resume=" + kind.resume().run());
      if (kind.resume().uncertain()) {
        args.add("--include-uncertain");
      }
    }
    if (kind.isTest()) {
      args.add("--test-recipients=" + WorkerPlaces.TEST_RECIPIENTS);
    }
    return args;
  }

  private static Volume recipientsVolume(Kind kind) {
    return new VolumeBuilder()
        .withName(RECIPIENTS_VOLUME)
        .withNewConfigMap()
        .withName(kind.recipientsConfigMap())
        .endConfigMap()
        .build();
  }

  private static VolumeMount recipientsMount() {
    return new VolumeMountBuilder()
        .withName(RECIPIENTS_VOLUME)
        .withMountPath(RECIPIENTS_FOLDER)
        .withReadOnly(true)
        .build();
  }

  /** The CronJob controller looks every 10 seconds and could miss a shorter one. */
  private static Duration startingDeadline(CampaignSpec spec) {
    Duration given = DurationText.read(spec.startingDeadline()).orElse(STARTING_DEADLINE);
    return given.compareTo(LEAST_STARTING_DEADLINE) < 0 ? LEAST_STARTING_DEADLINE : given;
  }

  private static String folder(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }
}
