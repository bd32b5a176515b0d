package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A triggered campaign from its manifest to its Deployment; nobody runs its Pods here. */
class TriggeredCampaignsTest {
  private static final String NAME = "news-triggered";
  private static final String TRIGGER =
      "schedule: {trigger: {event: cart_abandoned, delay: 1h, unless: {event: ordered}}}";

  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @BeforeEach
  void surroundings() {
    shop.apply(
        Shop.SURROUNDINGS.replaceFirst(
            "(?m)^  topics:", "  events: [{name: cart_abandoned}, {name: ordered}]\n  topics:"));
  }

  private static String campaign(String schedule) {
    return Shop.CAMPAIGN.replaceFirst("schedule: .*", schedule);
  }

  private Condition condition(String type) {
    Campaign campaign = shop.get(Campaign.class, "news");
    return campaign == null || campaign.getStatus() == null
        ? null
        : campaign.getStatus().conditions().stream()
            .filter(c -> c.type().equals(type))
            .findFirst()
            .orElse(null);
  }

  private Deployment deployment() {
    return shop.get(Deployment.class, NAME);
  }

  @Test
  void aTriggerBecomesADeploymentWithAPodForEachOfItsParallelism() {
    shop.apply(campaign(TRIGGER));
    eventually(() -> assertThat(deployment()).isNotNull());

    assertThat(deployment().getSpec().getReplicas()).isEqualTo(2);
    assertThat(
            deployment().getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
    var pod = deployment().getSpec().getTemplate().getSpec();
    assertThat(pod.getRestartPolicy()).isEqualTo("Always");
    assertThat(pod.getContainers().get(0).getArgs()).startsWith("send-triggered");
    assertThat(pod.getContainers().get(0).getReadinessProbe().getHttpGet().getPath())
        .isEqualTo("/ready");
    eventually(
        () -> {
          assertThat(shop.get(Role.class, "lettershop-worker").getRules().get(0).getResources())
              .contains("campaigns/status");
          assertThat(condition("Ready")).isNotNull();
          assertThat(condition("Reconciling").reason()).isEqualTo("RollingOut");
        });
  }

  @Test
  void whoeverIsSuspendedHasNoPods() {
    shop.apply(campaign(TRIGGER));
    eventually(() -> assertThat(deployment()).isNotNull());
    shop.apply(campaign(TRIGGER + "\n  suspend: true"));

    eventually(
        () -> {
          assertThat(deployment().getSpec().getReplicas()).isZero();
          assertThat(condition("Ready").reason()).isEqualTo("Suspended");
        });
  }

  @Test
  void aBrokenTemplateLeavesTheLastGoodPlanAtWorkAndTheStatusSaysSo() {
    shop.apply(campaign(TRIGGER));
    eventually(() -> assertThat(deployment()).isNotNull());
    var before = deployment().getSpec();
    shop.apply(Shop.TEMPLATE.replace("{{profile.first_name}}\"", "{{profile.first_nam}}\""));

    eventually(
        () -> {
          assertThat(condition("Ready").status().name()).isEqualTo("False");
          assertThat(condition("Ready").message()).contains("mails go out by the last good plan");
        });
    assertThat(deployment().getSpec()).isEqualTo(before);
  }

  @Test
  void aBrokenTopicStopsWhatTheLastGoodPlanWouldSend() {
    shop.apply(campaign(TRIGGER));
    eventually(() -> assertThat(deployment()).isNotNull());
    shop.apply(campaign(TRIGGER).replace("topic: newsletter", "topic: other"));

    eventually(() -> assertThat(deployment().getSpec().getReplicas()).isZero());
  }

  @Test
  void aScheduleAndATriggerTakeEachOthersPlace() {
    shop.apply(Shop.CAMPAIGN);
    eventually(() -> assertThat(shop.get(CronJob.class, "news")).isNotNull());
    shop.apply(campaign(TRIGGER));
    eventually(
        () -> {
          assertThat(deployment()).isNotNull();
          assertThat(shop.get(CronJob.class, "news")).isNull();
        });
    shop.apply(Shop.CAMPAIGN);

    eventually(
        () -> {
          assertThat(deployment()).isNull();
          assertThat(shop.get(CronJob.class, "news")).isNotNull();
        });
  }
}
