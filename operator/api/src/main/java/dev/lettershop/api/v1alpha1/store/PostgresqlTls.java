package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** How the connection to PostgreSQL is secured. */
@ValidationRule(
    value = "!has(self.caSecretRef) || self.mode in ['VerifyCa', 'VerifyFull']",
    message = "must only be set with mode VerifyCa or VerifyFull",
    fieldPath = ".caSecretRef")
@ValidationRule(
    value = "self.mode != 'VerifyCa' || has(self.caSecretRef)",
    message = "must be set with mode VerifyCa: without a CA of your own, any certificate would do",
    fieldPath = ".caSecretRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PostgresqlTls(
    @JsonPropertyDescription(
            "Disable (no TLS), Require (TLS, whoever answers), VerifyCa (the certificate is from"
                + " the CA) or VerifyFull (and is for the host; the default).")
        @Default("VerifyFull")
        TlsMode mode,
    @JsonPropertyDescription(
            "Secret key that holds the CA certificates (PEM). Without it, VerifyFull trusts the"
                + " public CAs that Java knows.")
        SecretKeyRef caSecretRef) {
  public PostgresqlTls {
    mode = Absent.or(mode, TlsMode.VerifyFull);
  }
}
