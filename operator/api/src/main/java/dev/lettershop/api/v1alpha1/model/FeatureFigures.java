package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What a feature does in a model. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FeatureFigures(
    @JsonPropertyDescription("Name of the feature.") @Required @Size(max = Formats.IDENTIFIER_MAX)
        String name,
    @JsonPropertyDescription(
            "By how much the AUC falls when the feature says nothing, such as 0.041.")
        @Size(max = 12)
        String importance,
    @JsonPropertyDescription(
            "How different people are by it now from when the model learnt (population stability index): below 0.1 is"
                + " steady, above 0.25 has changed.")
        @Size(max = 12)
        String drift) {}
