package dev.lettershop.api.v1alpha1.collector.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Colours of the pages, as #RRGGBB. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorColours(
    @JsonPropertyDescription("Colour of buttons and links, such as #0B57D0.")
        @Size(min = 7, max = 7)
        @Pattern(Formats.COLOUR)
        String accent,
    @JsonPropertyDescription("Colour behind everything, such as #FFFFFF.")
        @Size(min = 7, max = 7)
        @Pattern(Formats.COLOUR)
        String background,
    @JsonPropertyDescription("Colour of texts, such as #1F1F1F.")
        @Size(min = 7, max = 7)
        @Pattern(Formats.COLOUR)
        String text) {}
