package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** What the operator observed of a collector. Counts and names only; no personal data. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorStatus(
    @JsonPropertyDescription(
            "Generation of the spec that the status was made from; -1 before the first time.")
        @Default("-1")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription(
            "What is true of the collector: Ready, ResolvedRefs, and while true Reconciling and Stalled, at most one of a type.")
        @Size(max = 16)
        @ListKeys("type")
        List<Condition> conditions,
    @JsonPropertyDescription("Where it is reached, such as https://links.shop.example.")
        @Size(max = Formats.URL_MAX)
        String url,
    @JsonPropertyDescription("Pods that there should be.") @Min(0) Integer replicas,
    @JsonPropertyDescription("Pods that answer requests.") @Min(0) Integer readyReplicas,
    @JsonPropertyDescription("Events stored by the running Pods since they started.") @Min(0)
        Long accepted,
    @JsonPropertyDescription("Events refused by the running Pods since they started.") @Min(0)
        Long refused,
    @JsonPropertyDescription(
            "Age of the oldest event that is stored and not yet processed, in seconds.")
        @Min(0)
        Long lagSeconds,
    @JsonPropertyDescription("What each Pod says of itself, by its name. At most 200.")
        @Size(max = 200)
        Map<String, CollectorPodStatus> pods) {
  public CollectorStatus {
    conditions = Absent.list(conditions);
    pods = Absent.map(pods);
  }
}
