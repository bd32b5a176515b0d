package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where bounces go. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BounceDomain(
    @JsonPropertyDescription(
            "Domain of the envelope senders, one for each mail, to which bounces return.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String domain) {}
