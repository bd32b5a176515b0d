package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Gateway, which may be in another namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GatewayRef(
    @JsonPropertyDescription("Name of the Gateway.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String name,
    @JsonPropertyDescription("Namespace of the Gateway. The Collector's when absent.")
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String namespace,
    @JsonPropertyDescription("Listener of the Gateway. All that fit when absent.")
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String sectionName) {}
