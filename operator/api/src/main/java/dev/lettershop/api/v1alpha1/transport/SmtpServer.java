package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The SMTP server that takes the mails. */
@ValidationRule(
    value = "!has(self.credentialsSecretRef) || self.tls != 'None'",
    message = "must not be set with tls None: credentials would cross the network in clear text",
    fieldPath = ".credentialsSecretRef")
@ValidationRule(
    value = "!has(self.caSecretRef) || self.tls != 'None'",
    message = "must not be set with tls None",
    fieldPath = ".caSecretRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SmtpServer(
    @JsonPropertyDescription("Host name or IP address of the server.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.HOST)
        String host,
    @JsonPropertyDescription(
            "TCP port, 1 to 65535. Default 587; servers with Implicit TLS mostly listen on 465.")
        @Default("587")
        @Min(1)
        @Max(65535)
        Integer port,
    @JsonPropertyDescription(
            "StartTls (RFC 3207, never without; the default), Implicit (RFC 8314) or None (in clear"
                + " text; for tests and sidecars).")
        @Default("StartTls")
        SmtpTls tls,
    @JsonPropertyDescription(
            "How the worker logs in: Password (AUTH PLAIN or LOGIN; the default) or XOAuth2 (an"
                + " access token, read anew for each connection).")
        @Default("Password")
        MailAuth auth,
    @JsonPropertyDescription(
            "Secret with the keys username and password, or username and token for XOAuth2. Not"
                + " authenticated when absent.")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "Secret key that holds the CA certificates (PEM). The public CAs when absent.")
        SecretKeyRef caSecretRef,
    @JsonPropertyDescription("Most connections of one worker at a time, 1 to 1000. Default 10.")
        @Default("10")
        @Min(1)
        @Max(1000)
        Integer connections) {
  public SmtpServer {
    port = Absent.or(port, 587);
    tls = Absent.or(tls, SmtpTls.StartTls);
    auth = Absent.or(auth, MailAuth.Password);
    connections = Absent.or(connections, 10);
  }
}
