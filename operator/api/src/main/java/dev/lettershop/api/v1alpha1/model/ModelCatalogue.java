package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import io.fabric8.generator.annotation.Required;

/** Where items are described. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelCatalogue(
    @JsonPropertyDescription("The ProfileSource that provides Products.") @Required
        LocalRef sourceRef) {}
