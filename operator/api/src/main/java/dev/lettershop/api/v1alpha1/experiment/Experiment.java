package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Compares variants with each other, or the campaign with no mail at all. */
@ValidationRule(
    value = "has(self.variants) || self.holdoutPercent > 0",
    message = "at least one of variants and holdoutPercent must be set")
@ValidationRule(
    value = "!has(self.variants) || self.variants.map(v, v.weight).sum() == 100",
    message = "weights must add up to 100",
    fieldPath = ".variants")
@ValidationRule(
    value = "!has(self.decision) || has(self.variants)",
    message = "must only be set with variants",
    fieldPath = ".decision")
@ValidationRule(
    value = "!has(self.testPercent) || has(self.decision)",
    message = "must only be set with decision: without one nobody would ever get the rest",
    fieldPath = ".testPercent")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Experiment(
    @JsonPropertyDescription("Versions to compare. 2 to 10.")
        @Size(min = 2, max = 10)
        @ListKeys("name")
        List<Variant> variants,
    @JsonPropertyDescription(
            "Percentage of the audience who get nothing, to compare with, 0 to 90. Default 0.")
        @Default("0")
        @Min(0)
        @Max(90)
        Integer holdoutPercent,
    @JsonPropertyDescription(
            "Percentage of the audience who get the variants first, 1 to 99; the rest waits for the"
                + " decision and gets the winner. The whole audience when absent: the decision then"
                + " only says which variant was better.")
        @Min(1)
        @Max(99)
        Integer testPercent,
    @JsonPropertyDescription(
            "When a variant has won. Never when absent: the shares stay as they are.")
        ExperimentDecision decision) {
  public Experiment {
    variants = Absent.list(variants);
    holdoutPercent = Absent.or(holdoutPercent, 0);
  }
}
