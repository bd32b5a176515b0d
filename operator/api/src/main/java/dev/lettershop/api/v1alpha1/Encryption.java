package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** How personal attributes are encrypted at rest. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Encryption(
    @JsonPropertyDescription(
            "Secret key that holds the Tink keyset (JSON) which encrypts attributes with pii: true.")
        @Required
        SecretKeyRef keysetSecretRef) {}
