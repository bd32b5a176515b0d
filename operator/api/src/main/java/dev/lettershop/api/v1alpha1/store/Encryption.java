package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import io.fabric8.generator.annotation.Required;

/** How personal attributes are encrypted at rest. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Encryption(
    @JsonPropertyDescription(
            "Secret key that holds the keysets (JSON) which encrypt addresses and attributes with"
                + " pii: true, as written by lettershop keys create and rotate.")
        @Required
        SecretKeyRef keysetSecretRef) {}
