package dev.lettershop.source.connect.kafka;

import dev.lettershop.api.v1alpha1.collector.KafkaBuffer;
import dev.lettershop.api.v1alpha1.source.KafkaSource;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic that is written to. Thread-safe. */
public final class KafkaTopic implements AutoCloseable {
  private static final Duration TO_CLOSE = Duration.ofSeconds(10);

  private final String name;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * One message.
   *
   * @param key messages with the same one keep their order; or null
   */
  public record Message(String key, byte[] value) {
    /** Without what it says: that may be personal. */
    @Override
    public String toString() {
      return "Message[" + value.length + "]";
    }
  }

  private KafkaTopic(String name, KafkaProducer<byte[], byte[]> producer) {
    this.name = name;
    this.producer = producer;
  }

  /**
   * Opens without connecting.
   *
   * @throws ConnectorException when what is declared cannot work
   */
  public static KafkaTopic open(KafkaBuffer buffer, Credentials credentials)
      throws ConnectorException {
    KafkaSource topic =
        new KafkaSource(
            buffer.bootstrapServers(),
            buffer.topic(),
            null,
            null,
            null,
            buffer.credentialsSecretRef(),
            buffer.saslMechanism(),
            buffer.tls(),
            buffer.caSecretRef());
    try {
      return new KafkaTopic(
          buffer.topic(),
          new KafkaProducer<>(
              ClientSettings.writing(topic, credentials),
              new ByteArraySerializer(),
              new ByteArraySerializer()));
    } catch (KafkaException e) {
      throw KafkaFailures.of(e);
    }
  }

  /**
   * Writes all of them; when this returns, the brokers have them. When it throws, they may have
   * some.
   *
   * @throws ConnectorException when the brokers do not acknowledge all of them in time
   */
  public void write(List<Message> messages) throws ConnectorException {
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
      for (Message message : messages) {
        byte[] key = message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(name, key, message.value())));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (KafkaException e) {
      throw KafkaFailures.of(e);
    } catch (ExecutionException e) {
      throw KafkaFailures.of(
          e.getCause() instanceof KafkaException failure
              ? failure
              : new KafkaException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KafkaFailures.of(new KafkaException("interrupted", e));
    }
  }

  /** Whether the brokers answer and have the topic. May wait for two seconds. */
  public boolean isReachable() {
    try {
      return !producer.partitionsFor(name).isEmpty();
    } catch (KafkaException away) {
      return false;
    }
  }

  @Override
  public void close() {
    producer.close(TO_CLOSE);
  }
}
