package dev.lettershop.api.v1alpha1.source;

/** Where the first reading of a topic begins. */
public enum KafkaStart {
  Earliest,
  Latest
}
