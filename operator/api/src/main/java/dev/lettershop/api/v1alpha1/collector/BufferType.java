package dev.lettershop.api.v1alpha1.collector;

/** Where events are stored before they are processed. */
public enum BufferType {
  PostgreSql,
  Kafka
}
