package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class BecomingReadyTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), GRACE);
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @Test
  void aCampaignGetsItsPlanItsCronJobAndTheRightsOfItsWorkers() {
    shop.apply(Shop.ALL);
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
    shop.awaitCondition(Campaign.class, "news", "ResolvedRefs", "True Resolved");
    for (var kind :
        List.of(ProfileStore.class, ProfileSource.class, MailTransport.class, Segment.class)) {
      shop.list(kind)
          .forEach(
              object ->
                  shop.awaitCondition(kind, object.getMetadata().getName(), "Ready", "True Ready"));
    }
    shop.awaitCondition(EmailTemplate.class, "hello", "Ready", "True Ready");

    Campaign campaign = shop.campaign("news");
    CronJob cronJob = shop.cronJob("news");
    assertThat(cronJob.getSpec().getSchedule()).isEqualTo("0 9 * * MON");
    assertThat(cronJob.getSpec().getTimeZone()).isEqualTo("Europe/Berlin");
    assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    assertThat(cronJob.hasOwnerReferenceFor(campaign.getMetadata().getUid())).isTrue();

    assertThat(shop.plans("news")).hasSize(1);
    ConfigMap plan = shop.get(ConfigMap.class, shop.plans("news").get(0));
    assertThat(plan.getImmutable()).isTrue();
    assertThat(plan.hasOwnerReferenceFor(campaign.getMetadata().getUid())).isTrue();
    PlanFiles files =
        new PlanFiles(
            plan.getBinaryData().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, e -> Base64.getDecoder().decode(e.getValue()))));
    assertThat(files.campaign().hash()).isEqualTo(campaign.getStatus().planHash());
    assertThat(files.sources()).hasSize(1);
    assertThat(cronJob.getSpec().getJobTemplate().getMetadata().getAnnotations())
        .containsEntry("lettershop.dev/plan", plan.getMetadata().getName())
        .containsEntry("lettershop.dev/plan-hash", campaign.getStatus().planHash());

    eventually(
        () -> {
          assertThat(shop.get(ServiceAccount.class, "lettershop-worker")).isNotNull();
          assertThat(shop.get(Role.class, "lettershop-worker").getRules()).hasSize(1);
          assertThat(shop.get(RoleBinding.class, "lettershop-worker").getSubjects()).hasSize(1);
        });
  }

  @Test
  void eventsTellOfTransitionsAndOfNothingElse() {
    shop.apply(Shop.ALL);
    shop.awaitReady("news");
    shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":3}}");
    eventually(() -> assertThat(shop.plans("news")).hasSize(2));
    shop.awaitReady("news");
    reconciling.awaitQuiet(shop.name());
    assertThat(reasons()).as("that it can be used, and that its plan is another").isEmpty();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Suspended");
    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":false}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
    shop.patch(Campaign.class, "news", "{\"spec\":{\"schedule\":{\"cron\":\"0 7 * * TUE\"}}}");
    shop.awaitReady("news");
    shop.patch(CronJob.class, "news", "{\"spec\":{\"schedule\":\"* * * * *\"}}");
    eventually(
        () -> assertThat(shop.cronJob("news").getSpec().getSchedule()).isEqualTo("0 7 * * TUE"));
    shop.patch(Campaign.class, "news", "{\"spec\":{\"topic\":\"weather\"}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "False Invalid");
    shop.patch(Campaign.class, "news", "{\"spec\":{\"topic\":\"newsletter\"}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");

    eventually(
        () ->
            assertThat(reasons())
                .containsExactlyInAnyOrder(
                    "CampaignSuspended=1",
                    "CampaignResumed=1",
                    "CronJobUpdated=1",
                    "CronJobRestored=1",
                    "Invalid=1",
                    "Ready=1"));
    assertThat(shop.events("Campaign", "news"))
        .extracting(Event::getMessage)
        .contains(
            "CronJob news starts by 0 7 * * TUE in Europe/Berlin",
            "CronJob news was changed by somebody else and is again as Campaign news says; change"
                + " that instead");
  }

  /** With how often each was seen. */
  private List<String> reasons() {
    return shop.events("Campaign", "news").stream().map(BecomingReadyTest::counted).toList();
  }

  private static String counted(Event event) {
    return event.getReason() + "=" + event.getCount();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void resourcesMayBeAppliedInAnyOrder(long seed) {
    List<String> documents = new ArrayList<>(List.of(Shop.ALL.split("(?m)^---$")));
    Collections.shuffle(documents, new Random(seed));
    documents.forEach(shop::apply);

    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
    shop.awaitCondition(EmailTemplate.class, "hello", "Ready", "True Ready");
    assertThat(shop.condition(Campaign.class, "news", "Reconciling")).isEmpty();
    assertThat(shop.condition(Campaign.class, "news", "Stalled")).isEmpty();
    assertThat(shop.cronJob("news")).isNotNull();
  }

  @Test
  void theRightsOfWorkersGoWithTheLastThatNeedsThem() {
    shop.apply(Shop.ALL);
    eventually(() -> assertThat(shop.get(RoleBinding.class, "lettershop-worker")).isNotNull());

    shop.delete(Campaign.class, "news");

    eventually(
        () -> {
          assertThat(shop.get(RoleBinding.class, "lettershop-worker")).isNull();
          assertThat(shop.get(Role.class, "lettershop-worker")).isNull();
          assertThat(shop.get(ServiceAccount.class, "lettershop-worker")).isNull();
        });
  }

  @Test
  void whatSomebodyChangedOrDeletedIsPutBack() {
    shop.apply(Shop.ALL);
    shop.awaitReady("news");
    eventually(() -> assertThat(shop.get(Role.class, "lettershop-worker")).isNotNull());
    String plan = shop.plans("news").get(0);

    shop.patch(CronJob.class, "news", "{\"spec\":{\"schedule\":\"* * * * *\",\"suspend\":true}}");
    eventually(
        () -> {
          assertThat(shop.cronJob("news").getSpec().getSchedule()).isEqualTo("0 9 * * MON");
          assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse();
        });
    shop.delete(CronJob.class, "news");
    shop.delete(ConfigMap.class, plan);
    shop.delete(Role.class, "lettershop-worker");
    eventually(
        () -> {
          assertThat(shop.cronJob("news")).isNotNull();
          assertThat(shop.get(ConfigMap.class, plan)).isNotNull();
          assertThat(shop.get(Role.class, "lettershop-worker")).isNotNull();
        });
  }
}
