package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Reads the messages of a Kafka topic, for as long as the source exists. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KafkaSource(
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
    @JsonPropertyDescription(
            "Consumer group. Made from namespace and name of the source when absent.")
        @Size(min = 1, max = 255)
        String groupId,
    @JsonPropertyDescription(
            "Json (the message is the record; the default) or CloudEvents (its data is).")
        @Default("Json")
        KafkaFormat format,
    @JsonPropertyDescription("Secret with the keys username and password, for SASL SCRAM-SHA-512.")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription("Secret key that holds the CA certificates (PEM) of the brokers.")
        SecretKeyRef caSecretRef) {
  public KafkaSource {
    bootstrapServers = Absent.list(bootstrapServers);
    format = Absent.or(format, KafkaFormat.Json);
  }
}
