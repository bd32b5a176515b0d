package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the operator observed of a store. Counts and names only; no personal data. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProfileStoreStatus(
    @JsonPropertyDescription(
            "Generation of the spec that the status was made from; -1 before the first time.")
        @Default("-1")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription(
            "What is true of the store: Ready, and while true Reconciling and Stalled;"
                + " LastRetentionSucceeded where there is a retention. At most one of a type.")
        @Size(max = 16)
        @ListKeys("type")
        List<Condition> conditions,
    @JsonPropertyDescription("When spec.retention was last applied by the store's CronJob.")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String lastRetentionTime,
    @JsonPropertyDescription(
            "The attributes as the tables hold them, by the last worker that has looked.")
        StoreSchemaStatus schema) {
  public ProfileStoreStatus {
    conditions = Absent.list(conditions);
  }
}
