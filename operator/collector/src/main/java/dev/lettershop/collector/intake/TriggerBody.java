package dev.lettershop.collector.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What somebody who triggers a campaign says: {@code userId}, and, when they like, {@code
 * timestamp}, {@code properties} of the event, and {@code traits} of the person, which are stored
 * first. Becomes the same calls as if the source had sent them to the other paths.
 */
final class TriggerBody {
  private static final Set<String> MEMBERS = Set.of("userId", "timestamp", "properties", "traits");
  private static final int LONGEST_USER_ID = 1000;

  /** Behind the id of the message: the call about the person is another one than the event. */
  private static final String ABOUT_PERSON = "/identify";

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(CallReader.CALL_DEPTH)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private TriggerBody() {}

  /**
   * The calls that a body comes to.
   *
   * @param id of the message, which becomes that of the event
   * @param event name
   * @throws Refusal with 400 or 413 when nobody can use it, however often it comes
   */
  static Frame frame(byte[] body, String id, String event, Instant receivedAt) throws Refusal {
    ObjectNode said = object(body);
    List<Frame.Call> calls = new ArrayList<>();
    if (said.has("traits")) {
      calls.add(call(said, "identify", id + ABOUT_PERSON, "traits"));
    }
    ObjectNode track = base(said, "track", id).put("event", event);
    track.set("properties", said.path("properties"));
    calls.add(call(track));
    return new Frame(CallType.Any, receivedAt, "", new byte[0], calls);
  }

  private static ObjectNode object(byte[] body) throws Refusal {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (IOException e) {
      throw new Refusal(
          400,
          "the body is not valid JSON, or nested deeper than " + CallReader.CALL_DEPTH + " levels");
    }
    if (!(node instanceof ObjectNode said)) {
      throw new Refusal(400, "the body is not a JSON object");
    }
    for (var names = said.fieldNames(); names.hasNext(); ) {
      if (!MEMBERS.contains(names.next())) {
        throw new Refusal(400, "the body may only have userId, timestamp, properties and traits");
      }
    }
    userId(said.path("userId"));
    timestamp(said.path("timestamp"));
    for (String name : List.of("properties", "traits")) {
      if (said.has(name) && !said.get(name).isObject()) {
        throw new Refusal(400, name + " is not a JSON object");
      }
    }
    if (!said.has("properties")) {
      said.putObject("properties");
    }
    return said;
  }

  private static void userId(JsonNode user) throws Refusal {
    boolean known = user.isTextual() || user.isIntegralNumber();
    String text = known ? user.asText().strip() : "";
    if (text.isEmpty() || text.length() > LONGEST_USER_ID) {
      throw new Refusal(
          400, "userId is missing, or not text of at most " + LONGEST_USER_ID + " characters");
    }
  }

  private static void timestamp(JsonNode time) throws Refusal {
    if (time.isMissingNode()) {
      return;
    }
    try {
      java.time.OffsetDateTime.parse(time.asText());
    } catch (DateTimeParseException e) {
      throw new Refusal(400, "timestamp is not in RFC 3339, such as 2027-03-01T09:00:00Z");
    }
  }

  private static ObjectNode base(ObjectNode said, String type, String id) {
    ObjectNode call = JSON.createObjectNode();
    call.put("type", type).put("messageId", id);
    call.set("userId", said.get("userId"));
    if (said.has("timestamp")) {
      call.set("timestamp", said.get("timestamp"));
    }
    return call;
  }

  private static Frame.Call call(ObjectNode said, String type, String id, String member)
      throws Refusal {
    ObjectNode call = base(said, type, id);
    call.set(member, said.get(member));
    return call(call);
  }

  private static Frame.Call call(ObjectNode call) throws Refusal {
    byte[] json = call.toString().getBytes(StandardCharsets.UTF_8);
    if (json.length > CallReader.CALL_BYTES) {
      throw new Refusal(413, "the body is larger than " + CallReader.CALL_BYTES + " bytes");
    }
    return new Frame.Call(json, "");
  }
}
