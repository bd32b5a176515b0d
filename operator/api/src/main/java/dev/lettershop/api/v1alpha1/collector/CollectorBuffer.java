package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** Where events are stored before they are processed. */
@ValidationRule(
    value = "(self.type == 'Kafka') == has(self.kafka)",
    message = "must be set with type Kafka, and only then",
    fieldPath = ".kafka")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorBuffer(
    @JsonPropertyDescription(
            "PostgreSql (the store's database; the default) or Kafka (a topic, which a ProfileSource"
                + " with kafka reads).")
        @Default("PostgreSql")
        BufferType type,
    @JsonPropertyDescription("The topic, for Kafka.") KafkaBuffer kafka) {
  public CollectorBuffer {
    type = Absent.or(type, BufferType.PostgreSql);
  }
}
