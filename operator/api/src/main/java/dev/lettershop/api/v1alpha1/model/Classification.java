package dev.lettershop.api.v1alpha1.model;

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

/** Learns how likely it is that a rule will hold for somebody. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Classification(
    @JsonPropertyDescription(
            "CEL expression that is asked at the end of the horizon, about events within the horizon, such as"
                + " events(\"order_completed\", duration(\"2160h\")).size() == 0.")
        @Required
        @Size(min = 1, max = Formats.CEL_MAX)
        String label,
    @JsonPropertyDescription("How far ahead is looked, such as 90d.")
        @Required
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String horizon,
    @JsonPropertyDescription(
            "Auto (the default), RandomForest, GradientBoosting or LogisticRegression. Auto trains all"
                + " and keeps the best on the newest cut-off.")
        @Default("Auto")
        ClassifyAlgorithm algorithm,
    @JsonPropertyDescription(
            "From how many moments, a horizon apart, it learns, 2 to 12. The newest is held out for the"
                + " figures. Default 3.")
        @Default("3")
        @Min(2)
        @Max(12)
        Integer cutOffs,
    @JsonPropertyDescription(
            "What a new version has to reach; else the old one stays. Nothing is required when absent.")
        ModelRequirement require) {
  public Classification {
    algorithm = Absent.or(algorithm, ClassifyAlgorithm.Auto);
    cutOffs = Absent.or(cutOffs, 3);
  }
}
