package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.common.ResourceSettings;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * CPU and memory of the worker. Of a resource that the campaign names, be it as a request or as a
 * limit, only the campaign's values count: a default beside them could contradict them.
 */
final class PodResources {
  private PodResources() {}

  /**
   * @param own of the campaign, or null
   */
  static ResourceRequirements of(ResourceSettings own, WorkloadSettings defaults) {
    ResourceSettings given = own == null ? new ResourceSettings(null, null) : own;
    return new ResourceRequirementsBuilder()
        .withRequests(merged(given.requests(), defaults.requests(), given))
        .withLimits(merged(given.limits(), defaults.limits(), given))
        .build();
  }

  private static Map<String, Quantity> merged(
      Map<String, String> own, Map<String, String> defaults, ResourceSettings given) {
    SortedMap<String, Quantity> merged = new TreeMap<>();
    defaults.forEach(
        (name, value) -> {
          if (!given.requests().containsKey(name) && !given.limits().containsKey(name)) {
            merged.put(name, new Quantity(value));
          }
        });
    own.forEach((name, value) -> merged.put(name, new Quantity(value)));
    return merged;
  }
}
