package dev.lettershop.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.ResourceSettings;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodResourcesTest {
  private static final Quantity QUARTER = new Quantity("250m");
  private static final Quantity LITTLE = new Quantity("256Mi");
  private static final Quantity MOST = new Quantity("384Mi");
  private static final Quantity GIB = new Quantity("1Gi");

  @Test
  void a_campaign_that_says_nothing_gets_the_defaults() {
    ResourceRequirements given = of(null);

    assertThat(given.getRequests())
        .containsExactlyInAnyOrderEntriesOf(Map.of("cpu", QUARTER, "memory", LITTLE));
    assertThat(given.getLimits()).containsExactlyInAnyOrderEntriesOf(Map.of("memory", MOST));
  }

  @Test
  void a_request_above_the_default_limit_takes_that_limit_away() {
    ResourceRequirements given = of(new ResourceSettings(Map.of("memory", "1Gi"), null));

    assertThat(given.getRequests())
        .containsExactlyInAnyOrderEntriesOf(Map.of("cpu", QUARTER, "memory", GIB));
    assertThat(given.getLimits()).isNullOrEmpty();
  }

  @Test
  void a_limit_below_the_default_request_takes_that_request_away() {
    ResourceRequirements given = of(new ResourceSettings(null, Map.of("cpu", "100m")));

    assertThat(given.getRequests()).containsExactlyInAnyOrderEntriesOf(Map.of("memory", LITTLE));
    assertThat(given.getLimits())
        .containsExactlyInAnyOrderEntriesOf(Map.of("cpu", new Quantity("100m"), "memory", MOST));
  }

  private static ResourceRequirements of(ResourceSettings own) {
    return PodResources.of(own, WorkloadSettings.of("worker:1"));
  }
}
