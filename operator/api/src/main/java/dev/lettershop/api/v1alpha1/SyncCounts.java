package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** What one reading of a source came to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SyncCounts(
    @JsonPropertyDescription("Records read.") @Min(0) Long read,
    @JsonPropertyDescription("Profiles created, or events or consents stored.") @Min(0)
        Long created,
    @JsonPropertyDescription("Profiles changed.") @Min(0) Long changed,
    @JsonPropertyDescription("Profiles merged into others.") @Min(0) Long merged,
    @JsonPropertyDescription("Records set aside as invalid.") @Min(0) Long quarantined) {}
