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

/** A mailbox that is read by IMAP (RFC 9051). */
@ValidationRule(
    value = "self.tls != 'None' || !has(self.caSecretRef)",
    message = "must not be set with tls None",
    fieldPath = ".caSecretRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BounceMailbox(
    @JsonPropertyDescription("Host name or IP address of the IMAP server.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.HOST)
        String host,
    @JsonPropertyDescription(
            "TCP port, 1 to 65535. Default 993; servers with StartTls mostly listen on 143.")
        @Default("993")
        @Min(1)
        @Max(65535)
        Integer port,
    @JsonPropertyDescription(
            "Implicit (RFC 8314; the default), StartTls (never without), or None (in clear text;"
                + " for tests).")
        @Default("Implicit")
        SmtpTls tls,
    @JsonPropertyDescription(
            "How the worker logs in: Password (the default) or XOAuth2 (an access token).")
        @Default("Password")
        MailAuth auth,
    @JsonPropertyDescription(
            "Secret with the keys username and password, or username and token for XOAuth2.")
        @Required
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "Secret key that holds the CA certificates (PEM). The public CAs when absent.")
        SecretKeyRef caSecretRef,
    @JsonPropertyDescription("Folder that bounces arrive in. Default INBOX.")
        @Default("INBOX")
        @Size(min = 1, max = 255)
        @Pattern(Formats.ONE_LINE)
        String folder,
    @JsonPropertyDescription(
            "Folder to which messages go once they are recorded; made when absent. Default"
                + " Lettershop-Done.")
        @Default("Lettershop-Done")
        @Size(min = 1, max = 255)
        @Pattern(Formats.ONE_LINE)
        String doneFolder,
    @JsonPropertyDescription(
            "Folder to which messages go that are not a bounce of ours, for people to look at; made"
                + " when absent. Default Lettershop-Unknown.")
        @Default("Lettershop-Unknown")
        @Size(min = 1, max = 255)
        @Pattern(Formats.ONE_LINE)
        String unknownFolder) {
  public BounceMailbox {
    port = Absent.or(port, 993);
    tls = Absent.or(tls, SmtpTls.Implicit);
    auth = Absent.or(auth, MailAuth.Password);
    folder = Absent.or(folder, "INBOX");
    doneFolder = Absent.or(doneFolder, "Lettershop-Done");
    unknownFolder = Absent.or(unknownFolder, "Lettershop-Unknown");
  }
}
