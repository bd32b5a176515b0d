package dev.lettershop.api.v1alpha1.field;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One value and what it stands for. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TableEntry(
    @JsonPropertyDescription("The value as the source writes it.")
        @Required
        @Size(min = 1, max = 253)
        String from,
    @JsonPropertyDescription("The value to store instead.") @Required @Size(min = 1, max = 253)
        String to) {}
