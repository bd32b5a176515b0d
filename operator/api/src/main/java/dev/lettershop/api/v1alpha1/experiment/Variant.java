package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One of the versions that an experiment compares. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Variant(
    @JsonPropertyDescription("Name of the variant, as reports show it.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription(
            "Percentage of the recipients who get it, 1 to 99. All weights add up to 100.")
        @Required
        @Min(1)
        @Max(99)
        Integer weight,
    @JsonPropertyDescription(
            "The EmailTemplate that this variant sends. The campaign's when absent.")
        LocalRef templateRef) {}
