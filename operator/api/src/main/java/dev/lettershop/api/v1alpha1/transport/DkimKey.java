package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A key that signs mails (RFC 6376). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DkimKey(
    @JsonPropertyDescription("Domain that signs (d=); mails from it or its subdomains are signed.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String domain,
    @JsonPropertyDescription("Selector (s=): the public key is at <selector>._domainkey.<domain>.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String selector,
    @JsonPropertyDescription(
            "Secret key that holds the private key: PEM, RSA (PKCS #1 or PKCS #8; 2048 bits, at"
                + " least 1024) or Ed25519 (PKCS #8), without passphrase.")
        @Required
        SecretKeyRef privateKeySecretRef) {}
