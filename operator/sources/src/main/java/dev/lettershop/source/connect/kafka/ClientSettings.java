package dev.lettershop.source.connect.kafka;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.source.KafkaSaslMechanism;
import dev.lettershop.api.v1alpha1.source.KafkaSource;
import dev.lettershop.source.connect.Credentials;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** What Kafka's client is told. */
final class ClientSettings {
  private ClientSettings() {}

  static Properties of(KafkaSource source, Credentials credentials, String group) {
    Properties settings = connecting(source, credentials);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // Where to begin is our decision alone.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000");
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "20000");
    return settings;
  }

  /**
   * Of whoever writes: what was acknowledged is on all replicas that are in sync.
   *
   * @param topic as a source would name it
   */
  static Properties writing(KafkaSource topic, Credentials credentials) {
    Properties settings = connecting(topic, credentials);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(16 << 20));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "6000");
    return settings;
  }

  private static Properties connecting(KafkaSource source, Credentials credentials) {
    Properties settings = new Properties();
    settings.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", source.bootstrapServers()));
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "lettershop");
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
    boolean login = source.credentialsSecretRef() != null;
    boolean tls = source.tls() != TlsMode.Disable;
    settings.put(
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        login ? (tls ? "SASL_SSL" : "SASL_PLAINTEXT") : (tls ? "SSL" : "PLAINTEXT"));
    if (login) {
      login(settings, source, credentials);
    }
    if (tls) {
      tls(settings, source, credentials);
    }
    return settings;
  }

  private static void login(Properties settings, KafkaSource source, Credentials credentials) {
    String field = "spec.kafka.credentialsSecretRef";
    String secret = source.credentialsSecretRef().name();
    boolean plain = source.saslMechanism() == KafkaSaslMechanism.Plain;
    settings.put(
        SaslConfigs.SASL_MECHANISM,
        switch (source.saslMechanism()) {
          case Plain -> "PLAIN";
          case ScramSha256 -> "SCRAM-SHA-256";
          case ScramSha512 -> "SCRAM-SHA-512";
        });
    settings.put(
        SaslConfigs.SASL_JAAS_CONFIG,
        (plain
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule")
            + " required username="
            + quoted(credentials.require(field, secret, "username"))
            + " password="
            + quoted(credentials.require(field, secret, "password"))
            + ";");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void tls(Properties settings, KafkaSource source, Credentials credentials) {
    if (source.tls() == TlsMode.VerifyCa) {
      settings.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
    }
    if (source.caSecretRef() != null) {
      settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
      settings.put(
          SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
          credentials.require(
              "spec.kafka.caSecretRef", source.caSecretRef().name(), source.caSecretRef().key()));
    }
  }
}
