package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What each thing costs the API server, whose writes are what limits how many campaigns a cluster
 * can hold. Events count, and so does what is refused. The figures stand in docs/sizing.md.
 */
class WritesTest {
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
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.unscheduled());
    shop.awaitReady("news");
    eventually(() -> assertThat(shop.get(RoleBinding.class, "lettershop-worker")).isNotNull());
    assertThat(shop.get(ServiceAccount.class, "lettershop-worker")).isNotNull();
    reconciling.awaitQuiet(shop.name());
  }

  @Test
  void aResourceThatIsOnlyCheckedCostsItsStatus() {
    long mark = shop.mark();

    shop.apply(Shop.named("more", Shop.SEGMENT));
    shop.apply(Shop.named("more", Shop.PARTIAL));
    shop.apply(Shop.named("more", Shop.TRANSPORT));

    assertThat(writes(mark))
        .containsExactlyInAnyOrder(
            "update emailtemplates/status",
            "update mailtransports/status",
            "update segments/status");
  }

  @Test
  void aCampaignWithAScheduleCostsThree() {
    long mark = shop.mark();

    shop.apply(Shop.named("weekly", Shop.CAMPAIGN));
    shop.awaitReady("weekly");

    assertThat(writes(mark))
        .containsExactly("create configmaps", "create cronjobs", "update campaigns/status");
  }

  @Test
  void aCampaignWithoutAScheduleCostsTwo() {
    long mark = shop.mark();

    shop.apply(Shop.named("other", Shop.unscheduled()));
    shop.awaitReady("other");

    assertThat(writes(mark)).containsExactly("create configmaps", "update campaigns/status");
  }

  @Test
  void anEditOfATemplateCostsItsStatusAndThreeForEachCampaign() {
    shop.apply(Shop.named("weekly", Shop.CAMPAIGN));
    shop.awaitReady("weekly");
    shop.delete(Campaign.class, "news");
    reconciling.awaitQuiet(shop.name());
    String before = shop.campaign("weekly").getStatus().planHash();
    long mark = shop.mark();

    shop.patch(EmailTemplate.class, "hello", "{\"spec\":{\"subject\":\"Hi\"}}");
    eventually(
        () -> assertThat(shop.campaign("weekly").getStatus().planHash()).isNotEqualTo(before));

    assertThat(writes(mark))
        .containsExactlyInAnyOrder(
            "update emailtemplates/status",
            "create configmaps",
            "update cronjobs",
            "update campaigns/status");
  }

  @Test
  void aPlanThatIsNoLongerKeptCostsOneMore() {
    shop.apply(Shop.named("weekly", Shop.CAMPAIGN));
    shop.awaitReady("weekly");
    for (int parallelism = 3; parallelism < 5; parallelism++) {
      edit(parallelism);
    }
    long mark = shop.mark();

    edit(5);

    assertThat(writes(mark))
        .containsExactlyInAnyOrder(
            "create configmaps", "update cronjobs", "delete configmaps", "update campaigns/status");
  }

  @Test
  void aSourceWithAScheduleCostsThree() {
    long mark = shop.mark();

    shop.apply(Shop.named("hourly", Shop.SOURCE) + "  schedule: {cron: \"0 * * * *\"}\n");
    eventually(() -> assertThat(shop.cronJob("hourly-sync")).isNotNull());

    assertThat(writes(mark))
        .contains("create cronjobs", "update profilesources/status")
        .filteredOn(write -> !write.equals("update campaigns/status"))
        .containsExactlyInAnyOrder(
            "create configmaps", "create cronjobs", "update profilesources/status");
  }

  private void edit(int parallelism) {
    String before = shop.campaign("weekly").getStatus().planHash();
    shop.patch(Campaign.class, "weekly", "{\"spec\":{\"parallelism\":" + parallelism + "}}");
    eventually(
        () -> assertThat(shop.campaign("weekly").getStatus().planHash()).isNotEqualTo(before));
    reconciling.awaitQuiet(shop.name());
  }

  /**
   * What the control plane wrote in this namespace until it was quiet, in this order. A status that
   * was computed before the last write of it was seen meets a conflict, and then says nothing new.
   */
  private List<String> writes(long mark) {
    reconciling.awaitQuiet(shop.name());
    String here = "/namespaces/" + shop.name() + "/";
    return cluster.server().requests().writesSince(mark).stream()
        .filter(write -> write.agent().equals(Reconciling.AGENT))
        .filter(write -> write.path().contains(here))
        .filter(write -> write.code() != HttpURLConnection.HTTP_CONFLICT)
        .map(write -> write.verb() + " " + resource(write.path().split(here)[1].split("/")))
        .toList();
  }

  private static String resource(String[] parts) {
    return parts.length > 2 ? parts[0] + "/" + parts[2] : parts[0];
  }
}
