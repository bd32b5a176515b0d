package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import java.util.List;

/**
 * All that a sync of one source needs to know. Secrets appear by reference only.
 *
 * @param topics names of the topics that the store declares
 */
public record SourcePlan(
    String namespace, String name, Plan.Store store, List<String> topics, ProfileSourceSpec spec) {
  public SourcePlan {
    // The canonical JSON leaves empty lists out.
    topics = topics == null ? List.of() : List.copyOf(topics);
  }
}
