package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import dev.lettershop.api.v1alpha1.source.KafkaSaslMechanism;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The Kafka topic that events are written to. */
@ValidationRule(
    value = "self.tls != 'Require'",
    message = "must be Disable, VerifyCa or VerifyFull: Kafka's clients always check certificates",
    fieldPath = ".tls")
@ValidationRule(
    value = "!has(self.caSecretRef) || self.tls in ['VerifyCa', 'VerifyFull']",
    message = "must only be set with tls VerifyCa or VerifyFull",
    fieldPath = ".caSecretRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KafkaBuffer(
    @JsonPropertyDescription("Brokers to begin with, as host:port. 1 to 32.")
        @Required
        @Size(min = 1, max = 32)
        @ListKeys
        List<
                @Size(max = 270) @Pattern("^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?:[0-9]{1,5}$")
                String>
            bootstrapServers,
    @JsonPropertyDescription("Name of the topic.")
        @Required
        @Size(min = 1, max = 249)
        @Pattern("^[A-Za-z0-9._-]+$")
        String topic,
    @JsonPropertyDescription("Secret with the keys username and password, for SASL.")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "How the credentials are used: ScramSha512 (the default), ScramSha256 or Plain.")
        @Default("ScramSha512")
        KafkaSaslMechanism saslMechanism,
    @JsonPropertyDescription(
            "Disable (no TLS), VerifyCa (the certificate is from the CA) or VerifyFull (and is for"
                + " the host; the default).")
        @Default("VerifyFull")
        TlsMode tls,
    @JsonPropertyDescription(
            "Secret key that holds the CA certificates (PEM) of the brokers. The public CAs that"
                + " Java knows are trusted when absent.")
        SecretKeyRef caSecretRef) {
  public KafkaBuffer {
    bootstrapServers = Absent.list(bootstrapServers);
    saslMechanism = Absent.or(saslMechanism, KafkaSaslMechanism.ScramSha512);
    tls = Absent.or(tls, TlsMode.VerifyFull);
  }
}
