package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How many people belong to a group. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GroupSize(
    @JsonPropertyDescription("Name of the group.") @Required @Size(max = Formats.LABEL_MAX)
        String name,
    @JsonPropertyDescription("People in it.") @Min(0) Long size) {}
