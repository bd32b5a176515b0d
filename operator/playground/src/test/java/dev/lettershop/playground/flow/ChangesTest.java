package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two campaigns that share nothing but their namespace: what touches one leaves the other alone.
 */
class ChangesTest {
  private static final String NESTED =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: boston}
      spec: {expression: profile.city == "Boston"}
      """;

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
  void twoCampaigns() {
    shop.apply(Shop.ALL.replace("profile.visits > 3", "profile.visits > 3 && inSegment('boston')"));
    shop.apply(NESTED);
    Stream.of(Shop.STORE, Shop.SOURCE, Shop.SEGMENT, Shop.PARTIAL, Shop.TRANSPORT, Shop.CAMPAIGN)
        .map(resource -> Shop.named("other", resource))
        .map(
            resource ->
                resource
                    .replace("spec:\n", "spec:\n  storeRef: {name: other}\n")
                    .replace("spec: {", "spec: {storeRef: {name: other}, ")
                    .replace("include: [regulars]", "include: [other]")
                    .replace("templateRef: {name: hello}", "templateRef: {name: other}")
                    .replace(
                        "  topic: newsletter\n",
                        "  topic: newsletter\n  transportRef: {name: other}\n"))
        .map(
            resource ->
                resource.contains("kind: ProfileStore") || resource.contains("kind: MailTransport")
                    ? resource.replace("  storeRef: {name: other}\n", "")
                    : resource)
        .forEach(shop::apply);
    shop.awaitReady("news");
    shop.awaitReady("other");
    reconciling.awaitQuiet(shop.name());
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        arguments(
            Segment.class,
            "regulars",
            "{\"spec\":{\"expression\":\"profile.visits > 9 && inSegment('boston')\"}}",
            "Segment/regulars"),
        arguments(
            Segment.class,
            "boston",
            "{\"spec\":{\"expression\":\"profile.city == 'New York'\"}}",
            "Segment/boston Segment/regulars"),
        arguments(
            EmailTemplate.class, "hello", "{\"spec\":{\"subject\":\"Hi\"}}", "EmailTemplate/hello"),
        arguments(
            EmailTemplate.class,
            "footer",
            "{\"spec\":{\"html\":\"<p>Bye. <a href='{{links.unsubscribe}}'>Stop</a></p>\"}}",
            "EmailTemplate/footer EmailTemplate/hello"),
        arguments(
            MailTransport.class,
            "default",
            "{\"spec\":{\"smtp\":{\"host\":\"smtp2.shop.svc\"}}}",
            "MailTransport/default"),
        arguments(
            ProfileStore.class,
            "default",
            "{\"spec\":{\"postgresql\":{\"host\":\"pg2.shop.svc\"}}}",
            "ProfileStore/default ProfileSource/people Segment/boston Segment/regulars"
                + " EmailTemplate/hello EmailTemplate/footer"),
        arguments(
            ProfileSource.class,
            "people",
            "{\"spec\":{\"file\":{\"path\":\"people2.csv\"}}}",
            "ProfileSource/people"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("changes")
  void aChangeReachesTheCampaignsThatUseItAndWakesNothingElse(
      Class<? extends HasMetadata> kind, String name, String patch, String others) {
    String before = plan("news");
    Map<String, Long> reconciled = reconciling.reconciliations(shop.name());
    long mark = shop.mark();

    shop.patch(kind, name, patch);

    eventually(() -> assertThat(plan("news")).isNotEqualTo(before));
    shop.awaitReady("news");
    reconciling.awaitQuiet(shop.name());
    assertThat(reconciling.wokenSince(reconciled, shop.name()))
        .contains("Campaign/news")
        .filteredOn(woken -> !woken.equals("Campaign/news"))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(others.split(" ")));
    assertThat(shop.writesSince(mark))
        .as("the other campaign and what belongs to it")
        .noneMatch(write -> write.path().contains("/other"));
  }

  @Test
  void aSourceThatComesIsReadByTheRunsOfItsStoreAndNoLongerWhenItGoes() {
    String before = plan("news");
    String other = plan("other");

    shop.apply(Shop.named("more", Shop.SOURCE));
    eventually(() -> assertThat(plan("news")).isNotEqualTo(before));
    shop.delete(ProfileSource.class, "more");
    eventually(() -> assertThat(plan("news")).isEqualTo(before));

    assertThat(plan("other")).isEqualTo(other);
  }

  @Test
  void labelsAndAnnotationsOfWhatACampaignUsesDoNotMatter() {
    Map<String, Long> reconciled = reconciling.reconciliations(shop.name());
    long mark = shop.mark();

    shop.patch(Segment.class, "regulars", "{\"metadata\":{\"labels\":{\"team\":\"growth\"}}}");
    shop.patch(Campaign.class, "news", "{\"metadata\":{\"annotations\":{\"team\":\"growth\"}}}");
    reconciling.awaitQuiet(shop.name());

    assertThat(shop.writesSince(mark)).isEmpty();
    assertThat(reconciling.wokenSince(reconciled, shop.name())).doesNotContain("Campaign/other");
  }

  @Test
  void ofPlansTheTwoBeforeAreKeptAndOlderOnesGo() {
    for (int parallelism = 3; parallelism <= 6; parallelism++) {
      String before = plan("news");
      shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":" + parallelism + "}}");
      eventually(() -> assertThat(plan("news")).isNotEqualTo(before));
    }
    eventually(() -> assertThat(shop.plans("news")).hasSize(3).contains(plan("news")));
  }

  @Test
  void thePlanOfARunUnderWayIsKeptHoweverOldItIs() {
    String used = plan("news");
    shop.apply(Shop.run("now"));
    eventually(() -> assertThat(shop.job("now")).isNotNull());
    for (int parallelism = 3; parallelism <= 8; parallelism++) {
      String before = plan("news");
      shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":" + parallelism + "}}");
      eventually(() -> assertThat(plan("news")).isNotEqualTo(before));
    }
    eventually(() -> assertThat(shop.plans("news")).hasSize(4).contains(used, plan("news")));

    new Workers(shop).send("now", 2, 1);

    eventually(() -> assertThat(shop.plans("news")).hasSize(3).contains(plan("news")));
  }

  /** Name of the plan that the next Job will follow. */
  private String plan(String campaign) {
    return shop.cronJob(campaign)
        .getSpec()
        .getJobTemplate()
        .getMetadata()
        .getAnnotations()
        .get("lettershop.dev/plan");
  }
}
