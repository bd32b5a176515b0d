package dev.lettershop.source.connect.kafka;

import dev.lettershop.source.connect.ConnectorException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Failures of Kafka's client in words. */
final class KafkaFailures {
  private KafkaFailures() {}

  static ConnectorException of(KafkaException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SslAuthenticationException) {
        return ConnectorException.misconfigured(
            "spec.kafka.tls",
            "no encrypted connection that can be trusted could be made",
            "give the CA of the brokers in caSecretRef",
            failure);
      }
      if (cause instanceof AuthenticationException) {
        return ConnectorException.misconfigured(
            "spec.kafka.credentialsSecretRef",
            "the brokers refuse the login",
            "check username, password and saslMechanism",
            failure);
      }
      if (cause instanceof AuthorizationException) {
        return ConnectorException.misconfigured(
            "spec.kafka.topic",
            "the user may not read the topic, or not as this consumer group",
            "allow Read and Describe on the topic and Read on the group",
            failure);
      }
      if (cause instanceof ConfigException) {
        return ConnectorException.misconfigured(
            "spec.kafka.bootstrapServers",
            "the client does not accept the settings, or knows no such host",
            "check the brokers' names",
            failure);
      }
    }
    return ConnectorException.unavailable(
        "spec.kafka.bootstrapServers",
        "the brokers cannot be reached, or do not answer ("
            + failure.getClass().getSimpleName()
            + ")",
        "check hosts and ports, tls, and network policies",
        failure);
  }
}
