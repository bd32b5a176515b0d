package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.kubesim.Cluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** References that lead nowhere, for a while or for good, by a clock that a test sets. */
class MissingReferencesTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final SetClock clock = new SetClock(Instant.now());
  private Cluster cluster;
  private Reconciling reconciling;
  private Namespace shop;

  @BeforeEach
  void aCampaignForASegmentThatIsNotThere() {
    cluster = Cluster.builder().clock(clock).start();
    reconciling = Reconciling.start(cluster.server(), GRACE, clock);
    shop = Namespace.create(cluster.server());
    shop.apply(Shop.ALL.replace("include: [regulars]", "include: [regulars, later]"));
  }

  @AfterEach
  void stop() {
    reconciling.close();
    cluster.close();
  }

  @Test
  void aReferenceThatLeadsNowhereIsWaitedForAndThenAMistakeAndThenFixed() {
    eventually(
        () -> {
          var waiting = shop.condition(Campaign.class, "news", "Reconciling").orElseThrow();
          assertThat(waiting.reason()).isEqualTo("ReferenceNotFound");
          assertThat(waiting.message()).contains("spec.audience.include[1]").contains("later");
        });
    assertThat(shop.condition(Campaign.class, "news", "ResolvedRefs").orElseThrow().reason())
        .isEqualTo("ReferenceNotFound");
    assertThat(shop.cronJob("news")).isNull();
    reconciling.awaitQuiet(shop.name());
    assertThat(shop.events("Campaign", "news")).isEmpty();

    clock.pass(GRACE.plusSeconds(1));
    lookAgain();
    shop.awaitCondition(Campaign.class, "news", "Stalled", "True ReferenceNotFound");
    assertThat(shop.condition(Campaign.class, "news", "Reconciling")).isEmpty();
    eventually(
        () ->
            assertThat(shop.events("Campaign", "news"))
                .extracting(event -> event.getReason())
                .containsExactly("ReferenceNotFound"));

    shop.apply(Shop.named("later", Shop.SEGMENT));
    shop.awaitCondition(Campaign.class, "news", "Ready", "True Scheduled");
    assertThat(shop.condition(Campaign.class, "news", "Stalled")).isEmpty();
    shop.awaitCondition(Campaign.class, "news", "ResolvedRefs", "True Resolved");
    assertThat(shop.cronJob("news")).isNotNull();
  }

  /** The clock of a test wakes nobody; a change of any kind does. */
  private void lookAgain() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":3}}");
  }
}
