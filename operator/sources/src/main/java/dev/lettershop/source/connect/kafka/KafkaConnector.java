package dev.lettershop.source.connect.kafka;

import dev.lettershop.api.v1alpha1.source.KafkaSource;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all partitions of a topic. */
public final class KafkaConnector implements Connector {
  private final KafkaSource source;
  private final Credentials credentials;
  private final String group;

  private KafkaConnector(KafkaSource source, Credentials credentials, String group) {
    this.source = source;
    this.credentials = credentials;
    this.group = group;
  }

  /**
   * @param group name of the consumer group where the source names none
   */
  public static KafkaConnector of(KafkaSource source, Credentials credentials, String group) {
    return new KafkaConnector(
        source, credentials, source.groupId() == null ? group : source.groupId());
  }

  /** Brokers may change: a cluster is known under many addresses. */
  @Override
  public String origin() {
    return JsonRecords.write(List.of("kafka", source.topic()));
  }

  @Override
  public Pull open(String position) throws ConnectorException {
    Map<Integer, Long> offsets = new TreeMap<>();
    if (position != null) {
      JsonRecords.position(position, Map.class)
          .forEach(
              (partition, offset) ->
                  offsets.put(
                      Integer.valueOf(partition.toString()), ((Number) offset).longValue()));
    }
    Properties settings = ClientSettings.of(source, credentials, group);
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      return new KafkaPull(source, consumer, position == null ? null : offsets);
    } catch (KafkaException e) {
      close(consumer);
      throw KafkaFailures.of(e);
    } catch (ConnectorException | RuntimeException e) {
      close(consumer);
      throw e;
    }
  }

  private static void close(Consumer<?, ?> consumer) {
    if (consumer != null) {
      KafkaPull.close(consumer);
    }
  }
}
