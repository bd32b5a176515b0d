package dev.lettershop.source.connect.kafka;

import dev.lettershop.api.v1alpha1.source.KafkaFormat;
import dev.lettershop.api.v1alpha1.source.KafkaSource;
import dev.lettershop.api.v1alpha1.source.KafkaStart;
import dev.lettershop.source.connect.Column;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.connect.PulledRecord;
import dev.lettershop.source.connect.SourceProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The messages of one reading, from the stored offsets up to the ends of the partitions. */
final class KafkaPull implements Pull {
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Without any progress, while there is something to read. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final String topic;
  private final MessageReader reader;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final Map<Integer, Long> offsets = new TreeMap<>();
  private final Deque<PulledRecord> notices = new ArrayDeque<>();
  private Iterator<ConsumerRecord<byte[], byte[]>> polled =
      List.<ConsumerRecord<byte[], byte[]>>of().iterator();
  private Instant newest;

  /**
   * @param stored offset of the next message by partition; null for a first reading
   */
  KafkaPull(KafkaSource source, Consumer<byte[], byte[]> consumer, Map<Integer, Long> stored)
      throws ConnectorException {
    this.topic = source.topic();
    this.reader = new MessageReader(source.format() == KafkaFormat.CloudEvents);
    this.consumer = consumer;
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    this.ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      long from = from(partition, beginnings.get(partition), stored, source.startAt());
      offsets.put(partition.partition(), from);
      consumer.seek(partition, from);
    }
  }

  private List<TopicPartition> partitions() throws ConnectorException {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw ConnectorException.misconfigured(
          "spec.kafka.topic", "no such topic", "check its name, or create it", null);
    }
    return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
  }

  /** A partition that is new is read whole, wherever the first reading began. */
  private long from(
      TopicPartition partition, long beginning, Map<Integer, Long> stored, KafkaStart start) {
    long end = ends.get(partition);
    if (stored == null) {
      return start == KafkaStart.Latest ? end : beginning;
    }
    Long known = stored.get(partition.partition());
    if (known == null) {
      return beginning;
    }
    if (known < beginning) {
      notice(
          partition, known, "messages up to " + beginning + " were deleted before they were read");
      return beginning;
    }
    if (known > end) {
      notice(partition, known, "the topic ends before the last offset; it is read from its start");
      return beginning;
    }
    return known;
  }

  private void notice(TopicPartition partition, long offset, String fault) {
    notices.add(PulledRecord.broken(place(partition.partition(), offset), fault, null));
  }

  private String place(int partition, long offset) {
    return topic + "/" + partition + ":" + offset;
  }

  @Override
  public PulledRecord next() throws ConnectorException {
    if (!notices.isEmpty()) {
      return notices.poll();
    }
    try {
      long since = System.nanoTime();
      while (true) {
        while (polled.hasNext()) {
          ConsumerRecord<byte[], byte[]> message = polled.next();
          offsets.put(message.partition(), message.offset() + 1);
          if (message.value() != null) {
            noteTime(message);
            return reader.read(place(message.partition(), message.offset()), message);
          }
        }
        // Marks of transactions take up offsets, too.
        boolean moved = false;
        for (TopicPartition partition : ends.keySet()) {
          long position = consumer.position(partition);
          moved |= offsets.put(partition.partition(), position) != position;
        }
        if (left() == 0) {
          return null;
        }
        if (!moved && System.nanoTime() - since > PATIENCE_NANOS) {
          throw ConnectorException.unavailable(
              "spec.kafka.topic",
              "the brokers hand out no messages though there are some",
              "is a transaction open, or a partition without leader?",
              null);
        }
        polled = consumer.poll(POLL).iterator();
      }
    } catch (KafkaException e) {
      throw KafkaFailures.of(e);
    }
  }

  private void noteTime(ConsumerRecord<?, ?> message) {
    Instant time = message.timestamp() < 0 ? null : Instant.ofEpochMilli(message.timestamp());
    if (time != null && (newest == null || time.isAfter(newest))) {
      newest = time;
    }
  }

  private long left() {
    long left = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      left += Math.max(0, end.getValue() - offsets.get(end.getKey().partition()));
    }
    return left;
  }

  @Override
  public List<Column> columns() {
    return null;
  }

  @Override
  public String position() {
    return JsonRecords.write(offsets);
  }

  @Override
  public void committed(String position) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            committed.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
    // Only shown: whether it arrives makes no difference.
    consumer.commitAsync(committed, (ignored, failure) -> {});
  }

  @Override
  public SourceProgress reached() {
    String shown =
        offsets.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(" "));
    long behind = left();
    try {
      behind = 0;
      Map<TopicPartition, Long> now = consumer.endOffsets(ends.keySet());
      for (Map.Entry<TopicPartition, Long> end : now.entrySet()) {
        behind += Math.max(0, end.getValue() - offsets.get(end.getKey().partition()));
      }
    } catch (KafkaException e) {
      behind = left();
    }
    return new SourceProgress(
        shown.length() > 256 ? offsets.size() + " partitions" : shown, newest, behind);
  }

  @Override
  public void close() {
    close(consumer);
  }

  static void close(Consumer<?, ?> consumer) {
    try {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    } catch (KafkaException ignored) {
      // The brokers notice by themselves.
    }
  }
}
