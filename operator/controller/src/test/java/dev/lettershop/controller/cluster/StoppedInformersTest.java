package dev.lettershop.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.controller.health.LivenessCheck;
import dev.lettershop.controller.health.MovableClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** An informer that no longer follows the cluster, seen from the liveness probe. */
@EnableKubernetesMockClient(crud = true, https = false)
class StoppedInformersTest {
  KubernetesClient client;

  private final MovableClock clock = new MovableClock();

  @Test
  void oneThatHasStoppedEndsTheControllerAfterAWhile() {
    WatchedObjects<Segment> segments =
        new WatchedObjects<>(
            Segment.class,
            List.of(client.resources(Segment.class).inNamespace("shop").runnableInformer(0)),
            segment -> {},
            segment -> List.of());
    LivenessCheck check =
        new LivenessCheck(
            () -> true,
            () ->
                segments.isSynced() && segments.isStopped() ? List.of(segments.kind()) : List.of(),
            clock);
    segments.start();
    await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> segments.isSynced() && !segments.isStopped());
    assertThat(check.call().getStatus()).isEqualTo(Status.UP);

    segments.stop();
    await().atMost(Duration.ofSeconds(120)).until(segments::isStopped);

    assertThat(check.call().getStatus()).as("it may come back").isEqualTo(Status.UP);
    clock.advance(Duration.ofMinutes(3));
    HealthCheckResponse response = check.call();
    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow())
        .containsEntry("informers", "have stopped: Segment");
  }
}
