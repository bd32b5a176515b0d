package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Adds and removes Pods as the load asks for. */
@ValidationRule(
    value = "self.minReplicas <= self.maxReplicas",
    message = "must be at least minReplicas",
    fieldPath = ".maxReplicas")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorAutoscaling(
    @JsonPropertyDescription("Least number of Pods, 1 to 100. Default 2.")
        @Default("2")
        @Min(1)
        @Max(100)
        Integer minReplicas,
    @JsonPropertyDescription("Largest number of Pods, 1 to 100.") @Required @Min(1) @Max(100)
        Integer maxReplicas,
    @JsonPropertyDescription(
            "Share of the requested CPU, in percent, that Pods are kept at, 10 to 100. Default 70.")
        @Default("70")
        @Min(10)
        @Max(100)
        Integer cpuPercent) {
  public CollectorAutoscaling {
    minReplicas = Absent.or(minReplicas, CollectorSpec.DEFAULT_REPLICAS);
    cpuPercent = Absent.or(cpuPercent, 70);
  }
}
