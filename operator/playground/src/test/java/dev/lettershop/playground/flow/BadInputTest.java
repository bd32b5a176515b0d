package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Resources that are valid by their schema and wrong all the same. */
class BadInputTest {
  private static final boolean GOES_ON = false;
  private static final boolean IS_PAUSED = true;

  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(1));
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  @BeforeEach
  void aGoodCampaign() {
    shop.apply(Shop.ALL);
    shop.awaitReady("news");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "a broken expression",
            Segment.class,
            "regulars",
            "{\"spec\":{\"expression\":\"profile.visits >\"}}",
            "spec.expression",
            "the expression ends too early; complete it",
            GOES_ON),
        arguments(
            "an unknown attribute",
            Segment.class,
            "regulars",
            "{\"spec\":{\"expression\":\"profile.visit > 3\"}}",
            "spec.expression",
            "unknown attribute \"visit\"; did you mean \"visits\"?",
            GOES_ON),
        arguments(
            "a broken template",
            EmailTemplate.class,
            "hello",
            "{\"spec\":{\"html\":\"<p>{{#profile.first_name}}</p>\"}}",
            "spec.html",
            "section {{#profile.first_name}} is not closed; close it with",
            GOES_ON),
        arguments(
            "a wrong cron",
            Campaign.class,
            "news",
            "{\"spec\":{\"schedule\":{\"cron\":\"0 25 * * MON\"}}}",
            "spec.schedule.cron",
            "the hour 25 must be from 0 to 23; write it as in 0 9 * * MON",
            GOES_ON),
        arguments(
            "a weekday that Kubernetes does not know",
            Campaign.class,
            "news",
            "{\"spec\":{\"schedule\":{\"cron\":\"0 9 * * TUS\"}}}",
            "spec.schedule.cron",
            "TUS",
            GOES_ON),
        arguments(
            "a Sunday that is a 7",
            Campaign.class,
            "news",
            "{\"spec\":{\"schedule\":{\"cron\":\"0 9 * * 7\"}}}",
            "spec.schedule.cron",
            "7",
            GOES_ON),
        arguments(
            "steps of nothing",
            Campaign.class,
            "news",
            "{\"spec\":{\"schedule\":{\"cron\":\"*/0 * * * *\"}}}",
            "spec.schedule.cron",
            "0",
            GOES_ON),
        arguments(
            "an unknown time zone",
            Campaign.class,
            "news",
            "{\"spec\":{\"schedule\":{\"timeZone\":\"Europe/Bremen\"}}}",
            "spec.schedule.timeZone",
            "unknown time zone Europe/Bremen; did you mean Europe/Berlin?",
            GOES_ON),
        arguments(
            "a topic that the campaign invents",
            Campaign.class,
            "news",
            "{\"spec\":{\"topic\":\"weather\"}}",
            "spec.topic",
            "has no topic \"weather\"; known: newsletter, offers",
            IS_PAUSED),
        arguments(
            "a sender that the transport forbids",
            Campaign.class,
            "news",
            "{\"spec\":{\"from\":{\"address\":\"news@bank.example\"}}}",
            "spec.from.address",
            "does not send for the domain \"bank.example\"; did you mean",
            IS_PAUSED),
        arguments(
            "an audience that leads nowhere",
            Campaign.class,
            "news",
            "{\"spec\":{\"audience\":{\"include\":[\"nobody\"]}}}",
            "spec.audience.include[0]",
            "Segment \"nobody\" does not exist; known: regulars",
            IS_PAUSED),
        arguments(
            "a store that no longer has the topic",
            ProfileStore.class,
            "default",
            "{\"spec\":{\"topics\":[{\"name\":\"offers\",\"optIn\":\"Single\"}]}}",
            "spec.topic",
            "has no topic \"newsletter\"; known: offers",
            IS_PAUSED),
        arguments(
            "a transport that no longer allows the sender",
            MailTransport.class,
            "default",
            "{\"spec\":{\"from\":{\"domains\":[\"bank.example\"]}}}",
            "spec.from.address",
            "does not send for the domain \"shop.example\"; did you mean",
            IS_PAUSED),
        arguments(
            "a content rule that does not compile",
            Campaign.class,
            "news",
            "{\"spec\":{\"content\":{\"rules\":[{\"when\":\"profile.town == 'x'\",\"set\":{\"greeting\":\"Hi\"}}]}}}",
            "spec.content.rules[0].when",
            "unknown attribute \"town\"; known: city",
            GOES_ON));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsShownWhereItIsAndTheLastGoodPlanGoesOnUnlessItWouldMailTheWrongPeople(
      String what,
      Class<? extends HasMetadata> kind,
      String name,
      String patch,
      String field,
      String says,
      boolean paused)
      throws IOException {
    String plan = shop.plans("news").get(0);
    HasMetadata good = shop.get(kind, name);

    shop.patch(kind, name, patch);

    eventually(
        () ->
            assertThat(shop.condition(Campaign.class, "news", "Stalled"))
                .as("Stalled: %s", shop.campaign("news").getStatus())
                .isPresent());
    Condition ready = shop.condition(Campaign.class, "news", "Ready").orElseThrow();
    assertThat(ready.status().name()).isEqualTo("False");
    assertThat(ready.message()).contains(field).contains(says);
    if (ready.reason().equals("InvalidReference")) {
      Condition own = shop.awaitCondition(kind, name, "Stalled", "True Invalid");
      assertThat(own.message()).contains(field).contains(says);
    }
    if (paused) {
      assertThat(ready.message()).startsWith("the schedule is paused: the last good plan ");
      assertThat(shop.campaign("news").getStatus().nextRunTime()).isNull();
    } else {
      assertThat(ready.message())
          .startsWith("the schedule goes on with the last good plan, sha256:")
          .contains(" in ConfigMap " + plan);
      assertThat(shop.campaign("news").getStatus().nextRunTime()).isNotNull();
    }
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isEqualTo(paused));
    assertThat(shop.cronJob("news").getSpec().getJobTemplate().getMetadata().getAnnotations())
        .containsEntry("lettershop.dev/plan", plan);

    assertThat(Linted.of(manifests()).findings())
        .as("lint finds it, too")
        .anyMatch(finding -> finding.contains(field) && finding.contains(says));

    good.getMetadata().setResourceVersion(null);
    shop.client().resource(good).update();

    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
    assertThat(shop.condition(Campaign.class, "news", "Stalled")).isEmpty();
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse());
  }

  /** What is in the namespace, as somebody would keep it in files. */
  private String manifests() {
    return Stream.of(
            ProfileStore.class,
            ProfileSource.class,
            Segment.class,
            EmailTemplate.class,
            MailTransport.class,
            Campaign.class)
        .flatMap(kind -> shop.list(kind).stream())
        .map(BadInputTest::manifest)
        .collect(Collectors.joining("---\n"));
  }

  private static String manifest(HasMetadata object) {
    ObjectNode tree = Serialization.jsonMapper().convertValue(object, ObjectNode.class);
    tree.remove("status");
    tree.putObject("metadata").put("name", object.getMetadata().getName());
    return Serialization.asYaml(tree);
  }

  @Test
  void aSuspendedCampaignStaysSoWhateverIsWrongWithIt() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Suspended");

    shop.patch(Segment.class, "regulars", "{\"spec\":{\"expression\":\"profile.visits >\"}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "False InvalidReference");
    assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":false}}");
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse());
  }

  @Test
  void anAudienceThatChangesWhileSomethingElseIsBrokenPausesTheSchedule() {
    shop.patch(EmailTemplate.class, "hello", "{\"spec\":{\"html\":\"<p>{{#broken}}</p>\"}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "False InvalidReference");
    assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse();

    shop.patch(Segment.class, "regulars", "{\"spec\":{\"expression\":\"profile.visits > 9\"}}");

    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue());
  }

  @Test
  void aBrokenCampaignCanBeRescheduled() {
    shop.patch(Segment.class, "regulars", "{\"spec\":{\"expression\":\"profile.visits >\"}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "False InvalidReference");

    shop.patch(Campaign.class, "news", "{\"spec\":{\"schedule\":{\"cron\":\"0 7 * * TUE\"}}}");

    eventually(
        () -> assertThat(shop.cronJob("news").getSpec().getSchedule()).isEqualTo("0 7 * * TUE"));
  }

  @Test
  void aPlanThatIsTooLargeSaysWhatIsLargeInItAndTheLastGoodOneGoesOn() {
    String plan = shop.plans("news").get(0);
    Random random = new Random(1);
    String rules =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    "{\"when\":\"profile.visits == %d\",\"set\":{%s}}"
                        .formatted(
                            i,
                            Stream.of("greeting", "offer", "news", "legal")
                                .map(slot -> "\"" + slot + "\":\"" + noise(random) + "\"")
                                .collect(Collectors.joining(","))))
            .collect(Collectors.joining(","));
    shop.patch(
        EmailTemplate.class,
        "hello",
        "{\"spec\":{\"slots\":[{\"name\":\"greeting\",\"default\":\"Hello\"},{\"name\":\"offer\",\"default\":\"\"},"
            + "{\"name\":\"news\",\"default\":\"\"},{\"name\":\"legal\",\"default\":\"\"}],\"html\":"
            + "\"<p>{{content.greeting}}{{content.offer}}{{content.news}}{{content.legal}}</p>{{> footer}}\"}}");
    eventually(() -> assertThat(planOfTheCronJob()).isNotEqualTo(plan));
    String good = planOfTheCronJob();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"content\":{\"rules\":[" + rules + "]}}}");

    Condition ready = shop.awaitCondition(Campaign.class, "news", "Ready", "False Invalid");
    assertThat(ready.message())
        .contains("spec.content", "at most 1,000,000 fit into a ConfigMap")
        .contains("largest in it: the content rules with")
        .contains("use fewer rules");
    assertThat(planOfTheCronJob()).isEqualTo(good);
    assertThat(shop.cronJob("news").getSpec().getSuspend()).isFalse();
    shop.patch(Campaign.class, "news", "{\"spec\":{\"content\":{\"rules\":null}}}");
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
  }

  private String planOfTheCronJob() {
    return shop.cronJob("news")
        .getSpec()
        .getJobTemplate()
        .getMetadata()
        .getAnnotations()
        .get("lettershop.dev/plan");
  }

  /** As long as a slot's text may be, and hard to compress. */
  private static String noise(Random random) {
    byte[] bytes = new byte[3_000];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void oneBrokenResourceKeepsNoOtherFromBecomingReady() {
    for (int i = 0; i < 5; i++) {
      shop.apply(
          Shop.named(
              "broken-" + i, Shop.SEGMENT.replace("profile.visits > 3", "profile.visits >")));
      shop.apply(
          Shop.named(
              "bad-" + (char) ('a' + i),
              Shop.CAMPAIGN.replace("[regulars]", "[broken-" + i + "]")));
      shop.apply(Shop.named("good-" + (char) ('a' + i), Shop.CAMPAIGN));
    }
    for (char c = 'a'; c < 'f'; c++) {
      shop.awaitCondition(Campaign.class, "good-" + c, "Ready", "True Scheduled");
      shop.awaitCondition(Campaign.class, "bad-" + c, "Ready", "False InvalidReference");
    }
    shop.awaitReady("news");
  }

  @Test
  void aMistakeIsAnEventOnceAndSoIsItsEnd() {
    for (int i = 0; i < 2; i++) {
      shop.patch(Campaign.class, "news", "{\"spec\":{\"topic\":\"weather\"}}");
      shop.awaitCondition(Campaign.class, "news", "Ready", "False Invalid");
      shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":" + (5 + i) + "}}");
      shop.awaitCondition(Campaign.class, "news", "Ready", "False Invalid");
      shop.patch(Campaign.class, "news", "{\"spec\":{\"topic\":\"newsletter\"}}");
      shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
    }
    eventually(
        () ->
            assertThat(shop.events("Campaign", "news"))
                .filteredOn(event -> event.getReason().equals("Invalid"))
                .singleElement()
                .satisfies(
                    event -> {
                      assertThat(event.getType()).isEqualTo("Warning");
                      assertThat(event.getCount()).isEqualTo(2);
                    }));
  }
}
