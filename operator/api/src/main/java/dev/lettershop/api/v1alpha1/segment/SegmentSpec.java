package dev.lettershop.api.v1alpha1.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Who. */
@ValidationRule(
    value = "has(self.expression) != has(self.rules)",
    message = "exactly one of expression and rules must be set")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SegmentSpec(
    @JsonPropertyDescription(
            "The ProfileStore whose profiles are meant. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef storeRef,
    @JsonPropertyDescription(
            "CEL expression that is true for members, such as profile.city == \"New York\". It may"
                + " use profile, now, events(name, within), inSegment(name) and has().")
        @Size(min = 1, max = Formats.CEL_MAX)
        String expression,
    @JsonPropertyDescription("The same without CEL: conditions in all, any and none.")
        SegmentRules rules,
    @JsonPropertyDescription(
            "When membership is recorded, with the segment's size and who came and went. Evaluated"
                + " only for runs when absent.")
        CronSchedule refresh) {
  public SegmentSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
  }
}
