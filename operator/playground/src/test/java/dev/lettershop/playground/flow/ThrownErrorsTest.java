package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An {@link Error} in a reconciler: it is shown, and the resource is tried again. */
class ThrownErrorsTest {
  /** Held, because loggers that nobody holds forget their level. */
  private static final Logger SDK = Logger.getLogger("io.javaoperatorsdk");

  private static final FaultyClock CLOCK = new FaultyClock();
  private static Cluster cluster;
  private static Reconciling reconciling;

  private final Namespace shop = Namespace.create(cluster.server());

  @BeforeAll
  static void start() {
    SDK.setLevel(Level.OFF);
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(1), CLOCK);
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
    SDK.setLevel(null);
  }

  @BeforeEach
  void aGoodCampaign() {
    CLOCK.arm(false);
    shop.apply(Shop.ALL);
    shop.awaitReady("news");
  }

  @AfterEach
  void noMoreFaults() {
    CLOCK.arm(false);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        arguments(ProfileStore.class, "default", "{\"spec\":{\"postgresql\":{\"port\":5433}}}"),
        arguments(ProfileSource.class, "people", "{\"spec\":{\"suspend\":true}}"),
        arguments(Segment.class, "regulars", "{\"spec\":{\"expression\":\"true\"}}"),
        arguments(EmailTemplate.class, "footer", "{\"spec\":{\"subject\":\"End\"}}"),
        arguments(MailTransport.class, "default", "{\"spec\":{\"smtp\":{\"port\":25}}}"),
        arguments(Campaign.class, "news", "{\"spec\":{\"parallelism\":3}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void aThrownErrorIsShownAndTheResourceIsTriedAgain(
      Class<? extends HasMetadata> kind, String name, String patch) {
    CLOCK.arm(true);
    shop.patch(kind, name, patch);

    var stalled = shop.awaitCondition(kind, name, "Stalled", "True InternalError");
    assertThat(stalled.message()).contains("StackOverflowError", "tries again");
    shop.awaitCondition(kind, name, "Ready", "False InternalError");
    eventually(
        () ->
            assertThat(shop.events(kind.getSimpleName(), name))
                .anyMatch(
                    event ->
                        event.getReason().equals("InternalError")
                            && event.getType().equals("Warning")));
    assertThat(reconciling.failures(kind, "InternalError")).isPositive();

    CLOCK.arm(false);

    eventually(
        () -> {
          assertThat(shop.condition(kind, name, "Ready").map(c -> c.status().name()))
              .contains("True");
          assertThat(shop.condition(kind, name, "Stalled")).isEmpty();
        });
  }

  @Test
  void aRunThatAnErrorIsThrownForIsTriedAgain() {
    CLOCK.arm(true);
    shop.apply(Shop.run("by-hand"));
    shop.awaitCondition(CampaignRun.class, "by-hand", "Succeeded", "Unknown InternalError");

    CLOCK.arm(false);

    eventually(() -> assertThat(shop.job("by-hand")).isNotNull());
  }

  @Test
  void aCampaignIsSuspendedWhateverIsThrown() {
    CLOCK.arm(true);

    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");

    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue());
    shop.awaitCondition(Campaign.class, "news", "Stalled", "True InternalError");
  }
}
