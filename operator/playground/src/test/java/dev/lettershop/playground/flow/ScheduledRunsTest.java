package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.job.RunName;
import dev.lettershop.kubesim.Cluster;
import dev.lettershop.kubesim.apiserver.RequestInterceptor;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A campaign for every minute, and a clock that goes only when a test says so. */
class ScheduledRunsTest {
  private final SetClock clock = new SetClock(Instant.now());
  private Cluster cluster;
  private Reconciling reconciling;
  private Namespace shop;
  private Workers workers;

  @BeforeEach
  void aCampaignForEveryMinute() {
    cluster = Cluster.builder().clock(clock).start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30), clock);
    shop = Namespace.create(cluster.server());
    workers = new Workers(shop);
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.CAMPAIGN.replace("0 9 * * MON", "* * * * *"));
    shop.awaitReady("news");
    eventually(() -> assertThat(shop.cronJob("news")).isNotNull());
  }

  @AfterEach
  void stop() {
    reconciling.close();
    cluster.close();
  }

  @Test
  void aJobOfTheScheduleGetsARunOfItsNameThatBelongsToTheCampaign() {
    String name = nextRun();

    CampaignRun run = shop.run(name);
    assertThat(run.hasOwnerReferenceFor(shop.campaign("news").getMetadata().getUid())).isTrue();
    assertThat(run.getMetadata().getLabels()).containsEntry("lettershop.dev/campaign", "news");
    assertThat(run.getSpec().campaignRef().name()).isEqualTo("news");
    eventually(() -> assertThat(lastRun()).isEqualTo(name));

    workers.send(name, 2, 7);

    shop.awaitCondition(CampaignRun.class, name, "Succeeded", "True Succeeded");
    shop.awaitCondition(Campaign.class, "news", "LastRunSucceeded", "True Succeeded");
    assertThat(shop.campaign("news").getStatus().lastRun().sent()).isEqualTo(14);
    assertThat(Instant.parse(shop.campaign("news").getStatus().nextRunTime()))
        .isAfter(clock.instant());
  }

  @Test
  void aJobThatKubectlMakesFromTheCronJobGetsItsRunToo() {
    Jobs.createFromCronJob(shop, "news", "extra");

    eventually(() -> assertThat(shop.run("extra")).isNotNull());
    assertThat(shop.run("extra").hasOwnerReferenceFor(shop.campaign("news").getMetadata().getUid()))
        .isTrue();
    workers.send("extra", 2, 3);
    shop.awaitCondition(CampaignRun.class, "extra", "Succeeded", "True Succeeded");
  }

  @Test
  void aJobByHandWithALongNameHasItsRunToo() {
    String job = "news-by-hand-" + "x".repeat(48);
    Jobs.createFromCronJob(shop, "news", job);

    String run = RunName.of(job);
    eventually(() -> assertThat(shop.run(run)).isNotNull());
    assertThat(run).hasSizeLessThanOrEqualTo(59);
    workers.send(job, 2, 3);
    shop.awaitCondition(CampaignRun.class, run, "Succeeded", "True Succeeded");
    eventually(() -> assertThat(lastRun()).isEqualTo(run));
  }

  @Test
  void aJobByHandWithALongNameWaitsForTheRunThatIsUnderWay() {
    String first = nextRun();
    workers.start(first, 0);
    clock.pass(Duration.ofSeconds(2));
    String job = "news.by.hand";

    Jobs.createFromCronJob(shop, "news", job);

    String run = RunName.of(job);
    shop.awaitCondition(CampaignRun.class, run, "Succeeded", "Unknown Waiting");
    eventually(() -> assertThat(shop.job(job).getSpec().getSuspend()).isTrue());
  }

  @Test
  void aCopiedJobHasItsRunToo() {
    Jobs.createFromCronJob(shop, "news", "original");
    eventually(() -> assertThat(shop.run("original")).isNotNull());
    workers.send("original", 2, 1);
    shop.awaitCondition(CampaignRun.class, "original", "Succeeded", "True Succeeded");

    shop.client().resource(copy(shop.job("original"), "copied")).create();

    eventually(() -> assertThat(shop.run("copied")).isNotNull());
  }

  private static Job copy(Job job, String name) {
    return new JobBuilder(job)
        .withNewMetadata()
        .withName(name)
        .withNamespace(job.getMetadata().getNamespace())
        .withLabels(
            job.getMetadata().getLabels().entrySet().stream()
                .filter(label -> !label.getKey().startsWith("batch."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
        .withAnnotations(job.getMetadata().getAnnotations())
        .endMetadata()
        .editSpec()
        .withSelector(null)
        .editTemplate()
        .editMetadata()
        .removeFromLabels("batch.kubernetes.io/job-name")
        .removeFromLabels("batch.kubernetes.io/controller-uid")
        .removeFromLabels("controller-uid")
        .removeFromLabels("job-name")
        .endMetadata()
        .endTemplate()
        .endSpec()
        .withStatus(null)
        .build();
  }

  @Test
  void nothingBeginsWhileTheRunBeforeIsUnderWay() {
    String first = nextRun();
    workers.start(first, 0);
    long before = shop.list(Job.class).size();

    pass(Duration.ofMinutes(1));

    eventually(
        () ->
            assertThat(shop.events("CronJob", "news"))
                .anyMatch(e -> e.getReason().equals("JobAlreadyActive")));
    assertThat(shop.list(Job.class)).hasSize((int) before);
  }

  @Test
  void aRunMadeByHandWaitsForTheOneOfTheScheduleThatIsUnderWay() {
    String first = nextRun();
    workers.start(first, 0);
    clock.pass(Duration.ofSeconds(2));
    shop.apply(Shop.run("by-hand"));
    shop.awaitCondition(CampaignRun.class, "by-hand", "Succeeded", "Unknown Waiting");

    workers.start(first, 1);
    workers.end(first, 0, 0, null);
    workers.end(first, 1, 0, null);

    eventually(() -> assertThat(shop.job("by-hand").getSpec().getSuspend()).isFalse());
  }

  @Test
  void aSuspendedCampaignBeginsNothingAndWhatIsUnderWayGoesOn() {
    String first = nextRun();
    workers.start(first, 0);

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Suspended");
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue());
    assertThat(shop.campaign("news").getStatus().nextRunTime()).isNull();
    assertThat(shop.job(first).getSpec().getSuspend()).isNotEqualTo(true);
    workers.send(first, 2, 1);
    shop.awaitCondition(CampaignRun.class, first, "Succeeded", "True Succeeded");
    pass(Duration.ofMinutes(1));
    assertThat(shop.list(CampaignRun.class)).hasSize(1);

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":false}}");
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse());
    reconciling.awaitQuiet(shop.name());
    assertThat(names(CampaignRun.class)).as("what was missed is not made up for").hasSize(1);
    assertThat(nextRun()).isNotEqualTo(first);
  }

  @Test
  void aCronJobThatIsWrittenToWhileItIsReplacedDoesNotComeBackWithItsPast() {
    suspendForAMinute();
    String uid = shop.cronJob("news").getMetadata().getUid();
    AtomicInteger written = new AtomicInteger();
    beforeItself("delete", () -> touch(written.incrementAndGet()));

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":false}}");

    eventually(
        () -> {
          assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse();
          assertThat(shop.cronJob("news").getMetadata().getUid()).isNotEqualTo(uid);
        });
    reconciling.awaitQuiet(shop.name());
    assertThat(written).hasPositiveValue();
    assertThat(names(CampaignRun.class)).isEmpty();
  }

  @Test
  void aCronJobThatIsSuspendedWhileItIsChangedIsNotResumedWithItsPast() {
    String uid = shop.cronJob("news").getMetadata().getUid();
    AtomicBoolean done = new AtomicBoolean();
    beforeItself(
        "update",
        () -> {
          if (done.compareAndSet(false, true)) {
            shop.patch(CronJob.class, "news", "{\"spec\":{\"suspend\":true}}");
          }
        });

    shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":7}}");

    eventually(
        () -> {
          assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse();
          assertThat(shop.cronJob("news").getMetadata().getUid()).isNotEqualTo(uid);
          assertThat(shop.cronJob("news").getSpec().getJobTemplate().getSpec().getParallelism())
              .isEqualTo(7);
        });
    assertThat(done).isTrue();
  }

  private void suspendForAMinute() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue());
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Suspended");
    pass(Duration.ofMinutes(1));
    reconciling.awaitQuiet(shop.name());
  }

  /** As the CronJob controller does, which notes when it last looked. */
  private void touch(int time) {
    shop.patch(
        CronJob.class,
        "news",
        "{\"metadata\":{\"annotations\":{\"written\":\"%d\"}}}".formatted(time));
  }

  /** Does something each time before the control plane does something with the CronJob. */
  private void beforeItself(String verb, Runnable action) {
    cluster
        .server()
        .disturb(
            new RequestInterceptor() {
              @Override
              public OptionalInt before(Asked asked) {
                if (asked.agent().equals(Reconciling.AGENT)
                    && asked.verb().equals(verb)
                    && asked.path().endsWith("/cronjobs/news")) {
                  action.run();
                }
                return OptionalInt.empty();
              }
            });
  }

  @Test
  void whatIsUnderWayOutlivesThatTheCampaignIsSuspendedAndResumedAndMoved() {
    String first = nextRun();
    workers.start(first, 0);

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue());
    clock.pass(Duration.ofMinutes(1));
    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":false}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
    shop.patch(Campaign.class, "news", "{\"spec\":{\"schedule\":{\"cron\":\"*/2 * * * *\"}}}");
    shop.awaitReady("news");
    reconciling.awaitQuiet(shop.name());

    workers.send(first, 2, 1);
    shop.awaitCondition(CampaignRun.class, first, "Succeeded", "True Succeeded");
    eventually(
        () -> {
          assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse();
          assertThat(shop.cronJob("news").getSpec().getSchedule()).isEqualTo("*/2 * * * *");
        });
    assertThat(names(CampaignRun.class)).containsExactly(first);
  }

  @Test
  void oldRunsOfTheScheduleGoWithTheirJobsAndDoNotComeBack() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"history\":{\"keep\":2}}}");
    eventually(
        () ->
            assertThat(shop.cronJob("news").getSpec().getSuccessfulJobsHistoryLimit())
                .isEqualTo(2));
    shop.apply(Shop.run("by-hand"));
    workers.send("by-hand", 2, 1);
    shop.awaitCondition(CampaignRun.class, "by-hand", "Succeeded", "True Succeeded");
    List<String> names = List.of(finishedRun(), finishedRun(), finishedRun(), finishedRun());

    Set<String> kept = new TreeSet<>(Set.of("by-hand", names.get(2), names.get(3)));
    eventually(() -> assertThat(names(CampaignRun.class)).isEqualTo(kept));
    eventually(() -> assertThat(names(Job.class)).isEqualTo(kept));
    reconciling.awaitQuiet(shop.name());
    assertThat(names(CampaignRun.class)).isEqualTo(kept);
    assertThat(names(Job.class)).isEqualTo(kept);
    assertThat(lastRun()).isEqualTo(names.get(3));
  }

  private String finishedRun() {
    String name = nextRun();
    workers.send(name, 2, 1);
    shop.awaitCondition(CampaignRun.class, name, "Succeeded", "True Succeeded");
    return name;
  }

  @Test
  void aRunThatSomebodyDeletesComesBackAsLongAsItsJobIsThere() {
    String name = nextRun();

    shop.delete(CampaignRun.class, name);

    eventually(() -> assertThat(shop.run(name)).isNotNull());
    workers.send(name, 2, 1);
    shop.awaitCondition(CampaignRun.class, name, "Succeeded", "True Succeeded");
  }

  @Test
  void withItsCampaignEverythingGoes() {
    String name = nextRun();
    workers.start(name, 0);

    shop.delete(Campaign.class, "news");

    eventually(
        () -> {
          assertThat(shop.list(CronJob.class)).isEmpty();
          assertThat(shop.list(Job.class)).isEmpty();
          assertThat(shop.list(CampaignRun.class)).isEmpty();
          assertThat(shop.plans("news")).isEmpty();
        });
  }

  @Test
  void aCampaignWithoutAScheduleLosesItsCronJob() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"schedule\":null}}");

    eventually(() -> assertThat(shop.cronJob("news")).isNull());
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Ready");
  }

  @Test
  void aScheduleThatIsTakenAwayLetsTheRunUnderWayEnd() {
    String name = nextRun();
    workers.start(name, 0);

    shop.patch(Campaign.class, "news", "{\"spec\":{\"schedule\":null}}");
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue());
    workers.send(name, 2, 1);

    shop.awaitCondition(CampaignRun.class, name, "Succeeded", "True Succeeded");
    eventually(() -> assertThat(shop.cronJob("news")).isNull());
  }

  @Test
  void aCronJobOfSomebodyElseIsLeftAloneAndReported() {
    CronJob foreign =
        new CronJobBuilder(shop.cronJob("news"))
            .withNewMetadata()
            .withName("theirs")
            .withNamespace(shop.name())
            .endMetadata()
            .build();
    shop.client().resource(foreign).create();

    shop.apply(Shop.named("theirs", Shop.CAMPAIGN));

    var ready = shop.awaitCondition(Campaign.class, "theirs", "Ready", "False NameConflict");
    assertThat(ready.message()).contains("CronJob theirs");
    assertThat(shop.condition(Campaign.class, "theirs", "Stalled")).isPresent();
    assertThat(shop.cronJob("theirs").getMetadata().getOwnerReferences()).isEmpty();
    assertThat(shop.cronJob("theirs").getSpec().getSchedule()).isEqualTo("* * * * *");
    eventually(
        () ->
            assertThat(shop.events("Campaign", "theirs"))
                .anyMatch(event -> event.getReason().equals("NameConflict")));
  }

  @Test
  void aConfigMapOfSomebodyElseIsLeftAloneAndReported() {
    String plan = shop.plans("news").get(0);
    shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":3}}");
    eventually(() -> assertThat(shop.plans("news")).hasSize(2));
    shop.awaitReady("news");
    shop.delete(ConfigMap.class, plan);
    shop.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(plan)
                .withNamespace(shop.name())
                .endMetadata()
                .withData(Map.of("theirs", "yes"))
                .build())
        .create();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":2}}");

    var ready = shop.awaitCondition(Campaign.class, "news", "Ready", "False NameConflict");
    assertThat(ready.message()).contains("ConfigMap " + plan);
    assertThat(shop.get(ConfigMap.class, plan).getData()).containsEntry("theirs", "yes");
    assertThat(shop.cronJob("news").getSpec().getJobTemplate().getMetadata().getAnnotations())
        .doesNotContainEntry("lettershop.dev/plan", plan);
    shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":4}}");
    shop.awaitReady("news");
  }

  @Test
  void aRunOfSomebodyElseWithTheNameOfAJobIsLeftAloneAndReported() {
    shop.apply(Shop.named("theirs", Shop.unscheduled()));
    shop.apply(Shop.run("extra", ", suspend: true").replace("{name: news}", "{name: theirs}"));
    eventually(() -> assertThat(shop.job("extra")).isNotNull());
    shop.delete(CampaignRun.class, "extra");
    eventually(() -> assertThat(shop.job("extra")).isNull());
    shop.apply(Shop.run("extra", ", dryRun: true").replace("{name: news}", "{name: later}"));
    shop.awaitCondition(CampaignRun.class, "extra", "Succeeded", "Unknown CampaignNotFound");

    Jobs.createFromCronJob(shop, "news", "extra");

    shop.awaitCondition(Campaign.class, "news", "Ready", "False NameConflict");
    assertThat(shop.run("extra").getSpec().campaignRef().name()).isEqualTo("later");
    assertThat(shop.run("extra").getMetadata().getOwnerReferences()).isEmpty();
    shop.awaitCondition(CampaignRun.class, "extra", "Succeeded", "False NameConflict");
    eventually(() -> assertThat(shop.job("extra").getSpec().getSuspend()).isTrue());
  }

  /** Lets the next minute come, and gives the name of its run. */
  private String nextRun() {
    Set<String> before = names(CampaignRun.class);
    pass(Duration.ofMinutes(1));
    AtomicReference<String> made = new AtomicReference<>();
    eventually(
        () -> {
          Set<String> after = names(CampaignRun.class);
          after.removeAll(before);
          assertThat(after).hasSize(1);
          made.set(after.iterator().next());
        });
    return made.get();
  }

  private void pass(Duration time) {
    clock.pass(time);
    cluster.tick();
  }

  private String lastRun() {
    var last = shop.campaign("news").getStatus().lastRun();
    return last == null ? null : last.name();
  }

  private Set<String> names(Class<? extends HasMetadata> kind) {
    return shop.list(kind).stream()
        .map(object -> object.getMetadata().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
