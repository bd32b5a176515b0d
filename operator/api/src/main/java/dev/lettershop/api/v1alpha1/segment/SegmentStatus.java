package dev.lettershop.api.v1alpha1.segment;

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

/** What the operator observed of a segment. Counts and names only; no personal data. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SegmentStatus(
    @JsonPropertyDescription(
            "Generation of the spec that the status was made from; -1 before the first time.")
        @Default("-1")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription(
            "What is true of the segment: Ready, ResolvedRefs, and while true Reconciling and Stalled, at most one of a type.")
        @Size(max = 16)
        @ListKeys("type")
        List<Condition> conditions,
    @JsonPropertyDescription("Members at the last refresh.") @Min(0) Long size,
    @JsonPropertyDescription("Members who came with the last refresh.") @Min(0) Long entered,
    @JsonPropertyDescription("Members who went with the last refresh.") @Min(0) Long left,
    @JsonPropertyDescription("When membership was last recorded (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String lastRefreshTime,
    @JsonPropertyDescription("How long the last refresh took, in milliseconds.") @Min(0)
        Long lastRefreshMilliseconds) {
  public SegmentStatus {
    conditions = Absent.list(conditions);
  }
}
