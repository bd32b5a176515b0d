package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The segment whose new members get a mail. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerSegment(
    @JsonPropertyDescription(
            "Name of the Segment. Who is a member when the campaign is first there gets nothing, and"
                + " neither does whoever becomes one because its rule is edited.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String segment) {}
