package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What a look saw of a variant. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VariantAnswers(
    @JsonPropertyDescription("Name of the variant.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        String name,
    @JsonPropertyDescription("Mails of it that had gone out.") @Min(0) Long sent,
    @JsonPropertyDescription("People who had done what the metric asks for.") @Min(0)
        Long answers) {}
