package dev.lettershop.source.connect.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.PulledRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes records of messages: a JSON object, or a CloudEvent (version 1.0) in structured or binary
 * mode (Kafka Protocol Binding for CloudEvents §3). A message that is neither costs itself only.
 *
 * <p>Of a CloudEvent, the members of {@code data} are the fields. Its context is the object {@code
 * cloudevent}; and {@code id}, {@code name} and {@code occurred_at} are taken from it where data
 * has none, so that it can be an event as it comes.
 */
final class MessageReader {
  private static final int MOST_RAW = 10_000;

  private final boolean cloudEvents;

  MessageReader(boolean cloudEvents) {
    this.cloudEvents = cloudEvents;
  }

  /**
   * @param message with a value
   */
  PulledRecord read(String place, ConsumerRecord<byte[], byte[]> message) {
    JsonNode value;
    try {
      value = JsonRecords.read(message.value());
    } catch (IOException e) {
      // Its message would quote the value.
      return broken(place, "is not valid JSON", message);
    }
    if (value == null || !value.isObject()) {
      return broken(place, "is not a JSON object", message);
    }
    return cloudEvents
        ? cloudEvent(place, message, value)
        : PulledRecord.of(place, JsonRecords.fields(value));
  }

  private static PulledRecord cloudEvent(
      String place, ConsumerRecord<byte[], byte[]> message, JsonNode value) {
    String type = header(message, "content-type");
    boolean structured =
        type == null
            ? header(message, "ce_specversion") == null
            : type.startsWith("application/cloudevents");
    Map<String, Object> context = structured ? JsonRecords.fields(value) : context(message);
    Object data = structured ? data(value) : JsonRecords.value(value);
    context.remove("data");
    context.remove("data_base64");
    for (String needed : new String[] {"specversion", "id", "source", "type"}) {
      if (!(context.get(needed) instanceof String)) {
        return broken(place, "is not a CloudEvent: it has no " + needed, message);
      }
    }
    if (!(data instanceof Map<?, ?> members)) {
      return broken(place, "is a CloudEvent whose data is not a JSON object", message);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    members.forEach((name, member) -> fields.put(String.valueOf(name), member));
    // Only together are they unique (CloudEvents §3.1).
    fields.putIfAbsent("id", context.get("source") + "#" + context.get("id"));
    fields.putIfAbsent("name", context.get("type"));
    if (context.get("time") != null) {
      fields.putIfAbsent("occurred_at", context.get("time"));
    }
    fields.put("cloudevent", context);
    return PulledRecord.of(place, fields);
  }

  private static Object data(JsonNode event) {
    if (!event.hasNonNull("data_base64")) {
      return JsonRecords.value(event.get("data"));
    }
    try {
      return JsonRecords.value(
          JsonRecords.read(Base64.getDecoder().decode(event.get("data_base64").asText())));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Map<String, Object> context(ConsumerRecord<?, ?> message) {
    Map<String, Object> context = new LinkedHashMap<>();
    for (Header header : message.headers()) {
      if (header.key().startsWith("ce_") && header.value() != null) {
        context.put(header.key().substring(3), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return context;
  }

  private static String header(ConsumerRecord<?, ?> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static PulledRecord broken(
      String place, String fault, ConsumerRecord<byte[], byte[]> message) {
    int length = Math.min(message.value().length, MOST_RAW);
    return PulledRecord.broken(
        place, fault, new String(message.value(), 0, length, StandardCharsets.UTF_8));
  }
}
