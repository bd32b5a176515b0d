package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Another SMTP server that takes the mails. */
@ValidationRule(
    value = "!has(self.credentialsSecretRef) || !has(self.tls) || self.tls != 'None'",
    message = "must not be set with tls None: credentials would cross the network in clear text",
    fieldPath = ".credentialsSecretRef")
@ValidationRule(
    value = "!has(self.caSecretRef) || !has(self.tls) || self.tls != 'None'",
    message = "must not be set with tls None",
    fieldPath = ".caSecretRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AlternativeServer(
    @JsonPropertyDescription("What to call it.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription("Host name or IP address of the server.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.HOST)
        String host,
    @JsonPropertyDescription("TCP port, 1 to 65535. Default 587.") @Min(1) @Max(65535) Integer port,
    @JsonPropertyDescription("As in smtp. Default StartTls.") SmtpTls tls,
    @JsonPropertyDescription("As in smtp. Default Password.") MailAuth auth,
    @JsonPropertyDescription(
            "Secret with the keys username and password, or username and token for XOAuth2. Not"
                + " authenticated when absent.")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "Secret key that holds the CA certificates (PEM). The public CAs when absent.")
        SecretKeyRef caSecretRef,
    @JsonPropertyDescription(
            "So many percent of the connections go there while all servers work, 1 to 99; those of"
                + " smtp and of all alternatives are 100. None when absent: it is used while those"
                + " before it take no mail.")
        @Min(1)
        @Max(99)
        Integer share) {
  public AlternativeServer {
    port = Absent.or(port, 587);
    tls = Absent.or(tls, SmtpTls.StartTls);
    auth = Absent.or(auth, MailAuth.Password);
  }

  /** As one that is used alone. */
  public SmtpServer server() {
    return new SmtpServer(host, port, tls, auth, credentialsSecretRef, caSecretRef, null);
  }
}
