package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.controller.status.CollectorStatusView.Rollout;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CollectorStatusViewTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  /** What is observed, as it stands in a file. */
  record Seen(Collector collector, Deployment deployment, List<Pod> pods, List<Event> events) {}

  @TestFactory
  Stream<DynamicTest> status_of_a_collector() throws IOException {
    return new GoldenFolder("collector").tests(Seen.class, CollectorStatusViewTest::status);
  }

  private static Object status(Seen seen) {
    List<Condition> present =
        seen.collector().getStatus() == null
            ? List.of()
            : seen.collector().getStatus().conditions();
    List<Pod> pods = seen.pods() == null ? List.of() : seen.pods();
    List<Event> events = seen.events() == null ? List.of() : seen.events();
    Rollout rollout = Rollout.of(seen.deployment());
    Conditions judged =
        CollectorStatusView.serving(
            Conditions.of(present, 2L, NOW).ready("Serving", rollout.sentence()),
            rollout,
            Obstacles.find(pods, events, NOW).orElse(null));
    return CollectorStatusView.compute(
        seen.collector(),
        judged,
        rollout,
        pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet()));
  }
}
