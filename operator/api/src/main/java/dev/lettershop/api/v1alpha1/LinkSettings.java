package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where the links in mails lead. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LinkSettings(
    @JsonPropertyDescription(
            "Public base URL of the unsubscribe, preference and tracking pages, such as"
                + " https://links.shop.example. HTTPS, as RFC 8058 wants it.")
        @Required
        @Size(min = 9, max = Formats.URL_MAX)
        @Pattern("^https://[^\\s/?#@]+(/[^\\s?#]*)?$")
        String baseUrl,
    @JsonPropertyDescription(
            "Secret key that holds the key (at least 32 bytes) with which links are signed (HMAC).")
        @Required
        SecretKeyRef keySecretRef) {}
