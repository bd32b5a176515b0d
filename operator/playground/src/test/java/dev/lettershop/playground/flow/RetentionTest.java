package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.store.ProfileStoreStatus;
import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.job.TerminationMessage;
import dev.lettershop.kubesim.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a store that says how long things are kept to what its status says came of it. */
class RetentionTest {
  private static final String MADE = "default-retention";

  private Cluster cluster;
  private Reconciling reconciling;
  private Namespace shop;
  private Workers workers;

  @BeforeEach
  void aStoreThatForgets() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
    shop = Namespace.create(cluster.server());
    workers = new Workers(shop);
    shop.apply(Shop.STORE + "  retention: {events: 400d}\n");
    eventually(() -> assertThat(shop.cronJob(MADE)).isNotNull());
  }

  @AfterEach
  void stop() {
    reconciling.close();
    cluster.close();
  }

  @Test
  void whatAJobOfTheNightHasForgottenIsInTheStatus() {
    shop.awaitCondition(
        ProfileStore.class, "default", "LastRetentionSucceeded", "Unknown NotAppliedYet");

    Jobs.createFromCronJob(shop, MADE, "tonight");
    workers.start("tonight", 0);
    workers.end(
        "tonight",
        0,
        0,
        TerminationMessage.ofRetention(
            "Succeeded",
            "Store default: forgot 2 months",
            new StoreSchemaStatus(3L, null, List.of("added city as String"), List.of("town")),
            "2026-11-02T03:04:59Z"));

    shop.awaitCondition(ProfileStore.class, "default", "LastRetentionSucceeded", "True Succeeded");
    ProfileStoreStatus status = shop.get(ProfileStore.class, "default").getStatus();
    assertThat(status.lastRetentionTime()).isEqualTo("2026-11-02T03:04:59Z");
    assertThat(status.schema().version()).isEqualTo(3);
    assertThat(status.schema().undeclared()).containsExactly("town");
  }

  @Test
  void aNightThatFailsIsSaidAndTheStoreStaysReady() {
    Jobs.createFromCronJob(shop, MADE, "tonight");
    workers.start("tonight", 0);
    workers.end(
        "tonight",
        0,
        2,
        TerminationMessage.ofRetention(
            "ConfigurationError", "The login is refused", null, "2026-11-02T03:04:59Z"));

    shop.awaitCondition(
        ProfileStore.class, "default", "LastRetentionSucceeded", "False ConfigurationError");
    shop.awaitCondition(ProfileStore.class, "default", "Ready", "True Ready");
  }

  @Test
  void aStoreThatKeepsEverythingAgainHasNoCronJobAnyMore() {
    shop.patch(ProfileStore.class, "default", "{\"spec\":{\"retention\":null}}");

    eventually(() -> assertThat(shop.cronJob(MADE)).isNull());
  }
}
