package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How the experiment of a run stands. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExperimentStatus(
    @JsonPropertyDescription("Undecided, Winner or NoWinner.") ExperimentOutcome outcome,
    @JsonPropertyDescription(
            "Why it was decided so: Beats, NoDifference, TooFewPeople or SampleRatio.")
        @Size(max = 64)
        @Pattern("^[A-Za-z]+$")
        String reason,
    @JsonPropertyDescription("How it stands, in a sentence.") @Size(max = 1024) String message,
    @JsonPropertyDescription("The variant that those who waited get.")
        @Size(max = Formats.LABEL_MAX)
        String winner,
    @JsonPropertyDescription("People who wait for the decision, or did.") @Min(0) Long waiting,
    @JsonPropertyDescription("How many looks there are at most.") @Min(0) Integer looks,
    @JsonPropertyDescription("Number of the look that comes next. Absent when it is decided.")
        @Min(1)
        Integer nextLook,
    @JsonPropertyDescription("When it is due (RFC 3339).")
        @Size(max = Formats.TIMESTAMP_MAX)
        @Pattern(Formats.TIMESTAMP)
        String nextLookTime,
    @JsonPropertyDescription("What the last look saw. At most 10.")
        @Size(max = 10)
        @ListKeys("name")
        List<VariantAnswers> variants) {
  public ExperimentStatus {
    variants = Absent.list(variants);
  }

  /** Whether somebody gets mail only when it is decided. */
  @JsonIgnore
  public boolean holdsPeople() {
    return isOpen() && waiting != null && waiting > 0;
  }

  /** Whether another look is to be taken. */
  @JsonIgnore
  public boolean isOpen() {
    return nextLook != null && nextLookTime != null;
  }

  /** Whether this is known later than another status of the same run; null is none. */
  public boolean isAfter(ExperimentStatus other) {
    return other == null || other.isOpen() && (!isOpen() || nextLook > other.nextLook());
  }
}
