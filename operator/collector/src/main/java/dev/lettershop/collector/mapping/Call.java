package dev.lettershop.collector.mapping;

import dev.lettershop.collector.intake.CallType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One call that can be understood.
 *
 * @param message tells it from every other message of its source; null when it has no message id
 * @param messageId the client's, or null
 * @param user user id, or null
 * @param visitor anonymous id, or null; one of the two is there
 * @param occurredAt by our clock
 * @param fields the call as it came, with the batch's context, in text that can be stored
 * @param raw the call as JSON, for quarantine
 */
record Call(
    CallType type,
    UUID message,
    String messageId,
    String user,
    String visitor,
    Instant occurredAt,
    Map<String, Object> fields,
    byte[] raw) {

  /** An object of the call, empty when there is none. */
  @SuppressWarnings("unchecked")
  Map<String, Object> object(String name) {
    return fields.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** What is said of a user. RudderStack's client for Python puts it into the context. */
  @SuppressWarnings("unchecked")
  Map<String, Object> traits() {
    Map<String, Object> traits = object("traits");
    return traits.isEmpty() && object("context").get("traits") instanceof Map<?, ?> inContext
        ? (Map<String, Object>) inContext
        : traits;
  }

  /** Without what it says: that is personal. */
  @Override
  public String toString() {
    return "Call[" + type + "]";
  }
}
