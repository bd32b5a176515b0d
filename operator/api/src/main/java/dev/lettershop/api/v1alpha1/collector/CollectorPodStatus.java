package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** What one Pod of a collector says of itself. Counts only. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorPodStatus(
    @JsonPropertyDescription("Events stored since it started.") @Min(0) Long accepted,
    @JsonPropertyDescription("Events refused since it started.") @Min(0) Long refused,
    @JsonPropertyDescription(
            "Age of the oldest event that is stored and not yet processed, in seconds.")
        @Min(0)
        Long lagSeconds,
    @JsonPropertyDescription("When it said so (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String time) {}
