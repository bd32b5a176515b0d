package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How requests are authorised. */
@ValidationRule(
    value = "self.type == 'None' || has(self.credentialsSecretRef)",
    message = "must be set unless type is None",
    fieldPath = ".credentialsSecretRef")
@ValidationRule(
    value = "self.type == 'OAuth2ClientCredentials' || !has(self.tokenUrl)",
    message = "must only be set with type OAuth2ClientCredentials",
    fieldPath = ".tokenUrl")
@ValidationRule(
    value = "self.type == 'OAuth2ClientCredentials' || !has(self.scopes)",
    message = "must only be set with type OAuth2ClientCredentials",
    fieldPath = ".scopes")
@ValidationRule(
    value = "self.type != 'OAuth2ClientCredentials' || has(self.tokenUrl)",
    message = "must be set with type OAuth2ClientCredentials",
    fieldPath = ".tokenUrl")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HttpAuth(
    @JsonPropertyDescription("None (the default), Bearer, Basic or OAuth2ClientCredentials.")
        @Default("None")
        HttpAuthType type,
    @JsonPropertyDescription(
            "Secret with the keys token (Bearer), username and password (Basic), or clientId and"
                + " clientSecret (OAuth2ClientCredentials).")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "Where tokens are had (RFC 6749 §4.4), for OAuth2ClientCredentials. HTTPS.")
        @Size(max = Formats.URL_MAX)
        @Pattern(Formats.HTTPS_URL)
        String tokenUrl,
    @JsonPropertyDescription("Scopes to ask for. At most 32.") @Size(max = 32) @ListKeys
        List<@Size(min = 1, max = 256) String> scopes) {
  public HttpAuth {
    type = Absent.or(type, HttpAuthType.None);
    scopes = Absent.list(scopes);
  }
}
