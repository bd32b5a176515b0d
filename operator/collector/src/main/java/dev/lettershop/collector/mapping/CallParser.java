package dev.lettershop.collector.mapping;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.collector.intake.CallType;
import dev.lettershop.collector.intake.Frame;
import dev.lettershop.source.clean.Storable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Reads the calls of one source. Not thread-safe. */
final class CallParser {
  private static final int MAX_MESSAGE_ID = 200;
  private static final int MAX_ID = 1000;
  private static final Map<String, CallType> TYPES = new HashMap<>();

  static {
    for (CallType type : CallType.values()) {
      if (type != CallType.Any) {
        TYPES.put(type.name().toLowerCase(Locale.ROOT), type);
      }
    }
  }

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .build()
          .readerFor(new TypeReference<Map<String, Object>>() {});

  private final byte[] source;
  private final MessageDigest sha;

  CallParser(String source) {
    this.source = (source + '\0').getBytes(StandardCharsets.UTF_8);
    try {
      this.sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * @throws UnusableException when nothing can be made of the call
   */
  Call parse(Frame frame, Frame.Call call) throws UnusableException {
    if (!call.fault().isEmpty()) {
      throw new UnusableException(null, call.fault());
    }
    Map<String, Object> fields = fields(call.json());
    mergeContext(fields, frame.context());
    CallType type = type(frame, fields);
    String messageId = text(fields, "messageId", MAX_MESSAGE_ID);
    String user = text(fields, "userId", MAX_ID);
    String visitor = text(fields, "anonymousId", MAX_ID);
    if (type == CallType.Alias && visitor == null) {
      visitor = text(fields, "previousId", MAX_ID);
    }
    if (user == null && visitor == null) {
      throw new UnusableException("userId", "is missing, and so is anonymousId");
    }
    return new Call(
        type,
        messageId == null ? null : hash(messageId),
        messageId,
        user,
        visitor,
        time(frame, fields),
        fields,
        call.json());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(byte[] json) throws UnusableException {
    try {
      Map<String, Object> fields = JSON.readValue(json);
      return (Map<String, Object>) Storable.of(fields);
    } catch (IOException e) {
      throw new UnusableException(null, "is not valid JSON, or holds a number without end");
    }
  }

  /** What a batch says for all of its calls counts where a call does not say it itself. */
  private static void mergeContext(Map<String, Object> fields, byte[] shared)
      throws UnusableException {
    if (shared.length > 0) {
      Map<String, Object> context = new HashMap<>(fields(shared));
      if (fields.get("context") instanceof Map<?, ?> own) {
        own.forEach((key, value) -> context.put((String) key, value));
      }
      fields.put("context", context);
    }
  }

  private static CallType type(Frame frame, Map<String, Object> fields) throws UnusableException {
    if (frame.type() != CallType.Any) {
      return frame.type();
    }
    CallType type = TYPES.get(String.valueOf(fields.get("type")));
    if (type == null) {
      throw new UnusableException(
          "type", "is missing or not one of track, identify, page, screen, group and alias");
    }
    return type;
  }

  /** Text, or a number as text; null when it is missing or blank. */
  private static String text(Map<String, Object> fields, String name, int longest)
      throws UnusableException {
    Object value = fields.get(name);
    String text = value instanceof String || value instanceof Long ? value.toString().strip() : "";
    if (text.length() > longest) {
      throw new UnusableException(name, "is longer than " + longest + " characters");
    }
    return text.isEmpty() ? null : text;
  }

  private static Instant time(Frame frame, Map<String, Object> fields) throws UnusableException {
    Object happened = fields.get("timestamp");
    if (happened == null) {
      happened = fields.get("originalTimestamp");
    }
    Object sent = fields.get("sentAt");
    if (sent == null && !frame.sentAt().isEmpty()) {
      sent = frame.sentAt();
    }
    return CallTimes.of(
        happened == null ? null : happened.toString(),
        sent == null ? null : sent.toString(),
        frame.receivedAt());
  }

  private UUID hash(String messageId) {
    sha.update(source);
    ByteBuffer digest = ByteBuffer.wrap(sha.digest(messageId.getBytes(StandardCharsets.UTF_8)));
    return new UUID(digest.getLong(), digest.getLong());
  }
}
