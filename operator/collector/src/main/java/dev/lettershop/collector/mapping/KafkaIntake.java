package dev.lettershop.collector.mapping;

import dev.lettershop.collector.intake.IntakeStorage;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.kafka.KafkaTopic;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.intake.IntakeChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes calls to a topic in place of the store's table. A call that comes again is another message
 * with the same id; whoever reads them takes one of the two. Used by one thread.
 */
public final class KafkaIntake implements IntakeStorage {
  private final KafkaTopic topic;
  private final CallMessages messages;

  /**
   * @param sources whose calls come
   */
  public KafkaIntake(KafkaTopic topic, List<MappingSource> sources) {
    this.topic = topic;
    this.messages = new CallMessages(sources);
  }

  @Override
  public void append(List<IntakeChunk> chunks) {
    List<KafkaTopic.Message> all = new ArrayList<>();
    chunks.forEach(chunk -> all.addAll(messages.of(chunk)));
    try {
      topic.write(all);
    } catch (ConnectorException e) {
      throw new StoreException(
          StoreException.Kind.Unreachable, "Could not write to Kafka: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isReachable() {
    return topic.isReachable();
  }
}
