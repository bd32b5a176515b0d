package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** When a variant has won. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExperimentDecision(
    @JsonPropertyDescription("What is compared: Open, Click or Conversion.") @Required
        DecisionMetric metric,
    @JsonPropertyDescription(
            "Confidence needed, a decimal of at least 0.5 and below 1, as a string. Default 0.95.")
        @Default("\"0.95\"")
        @Size(min = 3, max = 6)
        @Pattern("^0[.][5-9][0-9]{0,3}$")
        String confidence,
    @JsonPropertyDescription(
            "Recipients that each variant must have had first, 1 to 10000000. Default 500.")
        @Default("500")
        @Min(1)
        @Max(10000000)
        Integer minimumPerVariant) {
  public ExperimentDecision {
    confidence = Absent.or(confidence, "0.95");
    minimumPerVariant = Absent.or(minimumPerVariant, 500);
  }
}
