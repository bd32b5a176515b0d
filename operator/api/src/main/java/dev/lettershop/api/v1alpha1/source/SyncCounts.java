package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** What one reading of a source came to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SyncCounts(
    @JsonPropertyDescription("Records read.") @Min(0) Long read,
    @JsonPropertyDescription("Profiles created, or events or consents stored.") @Min(0)
        Long created,
    @JsonPropertyDescription("Profiles changed.") @Min(0) Long changed,
    @JsonPropertyDescription("Profiles merged into others.") @Min(0) Long merged,
    @JsonPropertyDescription("Records set aside as invalid.") @Min(0) Long quarantined,
    @JsonPropertyDescription(
            "Up to where the source has been read, in its own words: a time, a number or offsets."
                + " Absent when the source has nothing of that kind.")
        @Size(max = 256)
        String watermark,
    @JsonPropertyDescription(
            "Age of the newest record read, in seconds, when the reading ended. Absent when records"
                + " have no time.")
        @Min(0)
        Long lagSeconds,
    @JsonPropertyDescription(
            "Records that were left when the reading ended. Absent when that cannot be told.")
        @Min(0)
        Long lagRecords,
    @JsonPropertyDescription(
            "Values that could not be used and that records went on without. Absent when none.")
        @Min(0)
        Long droppedValues) {
  /** Of a source that does not say how far it has been read. */
  public SyncCounts(Long read, Long created, Long changed, Long merged, Long quarantined) {
    this(read, created, changed, merged, quarantined, null, null, null, null);
  }
}
