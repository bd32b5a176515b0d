package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How often an address may bounce softly. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SoftBounceLimit(
    @JsonPropertyDescription(
            "After so many bounces the address is suppressed, 1 to 100. Default 5.")
        @Default("5")
        @Min(1)
        @Max(100)
        Integer bounces,
    @JsonPropertyDescription("Bounces that are older do not count, such as 30d. Default 30d.")
        @Default("30d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String within) {
  public SoftBounceLimit {
    bounces = Absent.or(bounces, 5);
    within = Absent.or(within, "30d");
  }
}
