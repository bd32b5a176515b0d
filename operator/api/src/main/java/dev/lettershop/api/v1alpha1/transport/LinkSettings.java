package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.schema.Formats;
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
            "Secret key that holds the keys with which links are signed (HMAC), one a line, each of"
                + " at least 16 random bytes: the first signs, all verify. To rotate, put the new"
                + " one first and keep the old ones as long as their links should work.")
        @Required
        SecretKeyRef keySecretRef) {}
