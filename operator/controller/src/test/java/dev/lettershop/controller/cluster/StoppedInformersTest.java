package dev.lettershop.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.controller.health.LivenessCheck;
import dev.lettershop.controller.health.MovableClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** An informer that no longer follows the cluster, seen from the liveness probe. */
@EnableKubernetesMockClient(crud = true)
class StoppedInformersTest {
  KubernetesClient client;

  private final MovableClock clock = new MovableClock();

  @Test
  void oneThatHasStoppedEndsTheControllerAfterAWhile() throws Exception {
    try (ClusterCache cache = new ClusterCache(client, new Namespaces(Set.of("shop")))) {
      cache.start();
      LivenessCheck check = new LivenessCheck(() -> true, cache::stopped, clock);
      assertThat(cache.stopped()).isEmpty();
      assertThat(check.call().getStatus()).isEqualTo(Status.UP);

      cache.segments().stop();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(cache.stopped()).containsExactly("Segment"));

      assertThat(check.call().getStatus()).as("it may come back").isEqualTo(Status.UP);
      clock.advance(Duration.ofMinutes(3));
      HealthCheckResponse response = check.call();
      assertThat(response.getStatus()).isEqualTo(Status.DOWN);
      assertThat(response.getData().orElseThrow())
          .containsEntry("informers", "have stopped: Segment");
    }
  }
}
