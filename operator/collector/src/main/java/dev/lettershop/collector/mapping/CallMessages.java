package dev.lettershop.collector.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lettershop.collector.intake.Frame;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.source.connect.kafka.KafkaTopic.Message;
import dev.lettershop.store.intake.IntakeChunk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes messages of calls, each a JSON object that a ProfileSource can take as it comes: with
 * {@code id}, {@code name} and {@code occurred_at}, and beside them what the call held. What a
 * source is not believed is left out: whoever reads the topic cannot know better. Not thread-safe.
 */
final class CallMessages {
  private static final int MOST_RAW = 10_000;

  private final Map<String, MappingSource> sources = new HashMap<>();
  private final Map<String, CallParser> parsers = new HashMap<>();

  CallMessages(List<MappingSource> sources) {
    for (MappingSource source : sources) {
      this.sources.put(source.name(), source);
      this.parsers.put(source.name(), new CallParser(source.name()));
    }
  }

  List<Message> of(IntakeChunk chunk) {
    MappingSource source = sources.get(chunk.source());
    CallParser parser = parsers.get(chunk.source());
    List<Message> messages = new ArrayList<>(chunk.events());
    for (Frame frame : Frame.read(chunk.content())) {
      for (Frame.Call each : frame.calls()) {
        try {
          messages.add(message(source, frame, parser.parse(frame, each)));
        } catch (UnusableException e) {
          messages.add(unusable(source, each, e));
        }
      }
    }
    return messages;
  }

  private static Message message(MappingSource source, Frame frame, Call call) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", source.name() + "#" + id(call));
    message.put("source", source.name());
    message.put("type", call.type().name().toLowerCase(Locale.ROOT));
    message.put("name", name(call));
    message.put("occurred_at", call.occurredAt().toString());
    message.put("received_at", frame.receivedAt().toString());
    message.put("user_id", call.user());
    message.put("anonymous_id", call.visitor());
    message.put("properties", NameMapping.both(call.object("properties")));
    Map<String, Object> context = new HashMap<>(call.object("context"));
    if (source.server() || new UserProof(source.userKey()).holds(call)) {
      message.put("traits", NameMapping.both(call.traits()));
    } else {
      context.keySet().removeAll(List.of("traits", "consent"));
    }
    message.put("context", context);
    String person = call.user() == null ? call.visitor() : call.user();
    return new Message(person, json(message));
  }

  private static String name(Call call) {
    return switch (call.type()) {
      case Page -> "page_viewed";
      case Screen -> "screen_viewed";
      case Track -> NameMapping.snake(String.valueOf(call.fields().get("event")));
      default -> call.type().name().toLowerCase(Locale.ROOT);
    };
  }

  /** The same when the call comes again. */
  private static String id(Call call) {
    return call.messageId() == null ? hash(call.raw()) : call.messageId();
  }

  /** Has no name, so that whoever reads it sets it aside with what is wrong with it. */
  private static Message unusable(MappingSource source, Frame.Call call, UnusableException e) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", source.name() + "#" + hash(call.json()));
    message.put("source", source.name());
    message.put("field", e.field());
    message.put("fault", e.getMessage());
    message.put(
        "call",
        new String(call.json(), 0, Math.min(call.json().length, MOST_RAW), StandardCharsets.UTF_8));
    return new Message(null, json(message));
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static byte[] json(Map<String, Object> message) {
    try {
      return JsonMappers.PLAIN.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was read as JSON can be written", e);
    }
  }
}
