package dev.lettershop.api.v1alpha1.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What a variant sent. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VariantCounts(
    @JsonPropertyDescription("Name of the variant.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        String name,
    @JsonPropertyDescription("Mails that the SMTP server took.") @Min(0) Long sent) {}
