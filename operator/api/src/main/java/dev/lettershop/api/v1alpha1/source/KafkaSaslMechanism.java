package dev.lettershop.api.v1alpha1.source;

/** How a Kafka client proves who it is (RFC 5802, RFC 4616). */
public enum KafkaSaslMechanism {
  ScramSha512,
  ScramSha256,
  Plain
}
