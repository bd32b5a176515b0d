package dev.lettershop.api.v1alpha1.source;

/** How the values of a Kafka topic are written. */
public enum KafkaFormat {
  Json,
  CloudEvents
}
