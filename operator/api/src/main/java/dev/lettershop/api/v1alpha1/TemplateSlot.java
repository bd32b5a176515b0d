package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A place that a campaign's content rules fill. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplateSlot(
    @JsonPropertyDescription("Name of the slot, as in {{content.headline}}.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription(
            "Text when no rule fills the slot; may be empty. Without it, the campaign must fill the"
                + " slot for everybody.")
        @Size(max = Formats.SLOT_MAX)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonProperty("default")
        String defaultValue) {}
