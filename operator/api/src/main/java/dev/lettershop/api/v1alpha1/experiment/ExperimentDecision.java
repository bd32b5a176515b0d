package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** When a variant has won. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExperimentDecision(
    @JsonPropertyDescription(
            "What is compared: Click, Conversion and Revenue (which need spec.goal), or Open.")
        @Required
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
        Integer minimumPerVariant,
    @JsonPropertyDescription(
            "How long after the audience was chosen the first look at the answers is taken, such as"
                + " 2h. Default 2h.")
        @Default("2h")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String earliest,
    @JsonPropertyDescription(
            "How long after the audience was chosen the last look is taken, which decides, such as"
                + " 24h. Default 24h.")
        @Default("24h")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String latest,
    @JsonPropertyDescription(
            "How often it is looked between earliest and latest, both included, 1 to 20. Each look may"
                + " decide, and none makes a false winner likelier. Default 5.")
        @Default("5")
        @Min(1)
        @Max(20)
        Integer looks,
    @JsonPropertyDescription(
            "What those who wait get when no variant has won by the last look: First (the first"
                + " variant; the default), BestSoFar, Split (each the variant of chance) or Nobody.")
        @Default("First")
        NoWinner noWinner) {
  public ExperimentDecision {
    confidence = Absent.or(confidence, "0.95");
    minimumPerVariant = Absent.or(minimumPerVariant, 500);
    earliest = Absent.or(earliest, "2h");
    latest = Absent.or(latest, "24h");
    looks = Absent.or(looks, 5);
    noWinner = Absent.or(noWinner, NoWinner.First);
  }
}
