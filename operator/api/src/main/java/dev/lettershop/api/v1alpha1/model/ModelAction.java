package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Something that can be done for a person. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelAction(
    @JsonPropertyDescription("Name of the action, such as free-shipping.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String action,
    @JsonPropertyDescription(
            "Name of the Model with classify or remote that says how likely it is that the action works.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String score,
    @JsonPropertyDescription(
            "What it is worth when it works, such as 4.0: any unit, the same for all.")
        @Required
        @Size(min = 1, max = 16)
        @Pattern("^[0-9]{1,9}([.][0-9]{1,6})?$")
        String value,
    @JsonPropertyDescription(
            "CEL expression for whom it may be chosen, also to keep a distance, such as"
                + " events(\"discount_sent\", duration(\"720h\")).size() == 0. Everybody when absent.")
        @Size(min = 1, max = Formats.CEL_MAX)
        String when) {}
