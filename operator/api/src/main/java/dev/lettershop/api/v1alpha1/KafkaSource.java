package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record KafkaSource(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> bootstrapServers,
    String topic,
    String groupId,
    KafkaFormat format,
    LocalRef credentialsSecretRef,
    SecretKeyRef caSecretRef) {

  public KafkaSource {
    bootstrapServers = Absent.list(bootstrapServers);
    format = Absent.or(format, KafkaFormat.Json);
  }
}
