package dev.lettershop.api.v1alpha1;

public enum KafkaFormat {
  Json,
  CloudEvents
}
