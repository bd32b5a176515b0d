package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Refers to one key of a ConfigMap in the same namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConfigMapKeyRef(
    @JsonPropertyDescription("Name of the ConfigMap, in the same namespace.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String name,
    @JsonPropertyDescription("Key in the ConfigMap's data whose value is used.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.DATA_KEY)
        String key) {}
