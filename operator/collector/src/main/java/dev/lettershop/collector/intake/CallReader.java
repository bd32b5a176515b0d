package dev.lettershop.collector.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the calls in a body, without looking into them further than to know where each ends and
 * whether it keeps to the bounds. Thread-safe.
 */
final class CallReader {
  /** Largest call, in bytes: what the clients that exist hold themselves to. */
  static final int CALL_BYTES = 32 * 1024;

  /** Deepest nesting of a call. */
  static final int CALL_DEPTH = 32;

  /** Most calls in one request. */
  static final int CALLS = 10_000;

  /** Of a call that is too large so much is kept, for whoever looks for the reason. */
  private static final int KEPT = 1024;

  private static final byte[] NOTHING = {};

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(1000).build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /**
   * What a body says.
   *
   * @param writeKey the one in the body, or null
   */
  record Body(String writeKey, Frame frame) {}

  /** Reads the body of a path that takes one call. */
  Body single(CallType type, byte[] body, Instant receivedAt) throws Refusal {
    try (JsonParser parser = json.createParser(body)) {
      start(parser, body);
      Top top = new Top();
      int deepest = walk(parser, body, top, null);
      end(parser);
      Frame.Call call = call(body, top.start, top.end, deepest);
      return new Body(
          top.writeKey, new Frame(type, receivedAt, text(top.sentAt), NOTHING, List.of(call)));
    } catch (IOException e) {
      throw invalid();
    }
  }

  /** Reads the body of a path that takes many: an object with them in {@code batch}. */
  Body batch(byte[] body, Instant receivedAt) throws Refusal {
    try (JsonParser parser = json.createParser(body)) {
      start(parser, body);
      Top top = new Top();
      List<Frame.Call> calls = new ArrayList<>();
      walk(parser, body, top, calls);
      end(parser);
      if (!top.batched) {
        throw new Refusal(400, "the body has no array \"batch\"");
      }
      byte[] context = top.context == null ? NOTHING : top.context;
      return new Body(
          top.writeKey, new Frame(CallType.Any, receivedAt, text(top.sentAt), context, calls));
    } catch (IOException e) {
      throw invalid();
    }
  }

  private static final class Top {
    private int start;
    private int end;
    private String writeKey;
    private String sentAt;
    private byte[] context;
    private boolean batched;
  }

  private static void start(JsonParser parser, byte[] body) throws IOException, Refusal {
    if (body.length == 0) {
      throw new Refusal(400, "the body is empty");
    }
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Refusal(400, "the body is not a JSON object");
    }
  }

  private static void end(JsonParser parser) throws IOException, Refusal {
    if (parser.nextToken() != null) {
      throw new Refusal(400, "something follows the JSON object in the body");
    }
  }

  private static Refusal invalid() {
    return new Refusal(400, "the body is not valid JSON");
  }

  /**
   * Reads an object to its end.
   *
   * @param calls takes those of the array {@code batch}; null when there are none to take
   * @return how deep it was nested
   */
  private int walk(JsonParser parser, byte[] body, Top top, List<Frame.Call> calls)
      throws IOException, Refusal {
    top.start = offset(parser) - 1;
    int deepest = 1;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("writeKey")) {
        top.writeKey = parser.getText();
      } else if (value == JsonToken.VALUE_STRING && name.equals("sentAt")) {
        top.sentAt = parser.getText();
      } else if (calls != null && value == JsonToken.START_ARRAY && name.equals("batch")) {
        top.batched = true;
        calls(parser, body, calls);
      } else {
        int start = offset(parser) - 1;
        deepest = Math.max(deepest, 1 + skip(parser));
        if (calls != null && value == JsonToken.START_OBJECT && name.equals("context")) {
          top.context = context(body, start, offset(parser));
        }
      }
    }
    top.end = offset(parser);
    return deepest;
  }

  /** Shared by all calls, so that it counts as one of them. */
  private static byte[] context(byte[] body, int start, int end) {
    return end - start > CALL_BYTES ? null : Arrays.copyOfRange(body, start, end);
  }

  private void calls(JsonParser parser, byte[] body, List<Frame.Call> calls)
      throws IOException, Refusal {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (calls.size() == CALLS) {
        throw new Refusal(413, "the batch holds more than " + CALLS + " calls");
      }
      int end = offset(parser);
      int start =
          token == JsonToken.START_OBJECT
              ? end - 1
              : (int) parser.currentTokenLocation().getByteOffset();
      int depth = skip(parser);
      calls.add(
          token == JsonToken.START_OBJECT
              ? call(body, start, offset(parser), depth)
              : fault(body, Math.max(0, start), offset(parser), "is not a JSON object"));
    }
  }

  private static Frame.Call call(byte[] body, int start, int end, int depth) {
    if (end - start > CALL_BYTES) {
      return fault(body, start, end, "is larger than " + CALL_BYTES + " bytes");
    }
    if (depth > CALL_DEPTH) {
      return fault(body, start, end, "is nested deeper than " + CALL_DEPTH + " levels");
    }
    return new Frame.Call(Arrays.copyOfRange(body, start, end), "");
  }

  private static Frame.Call fault(byte[] body, int start, int end, String fault) {
    int kept = Math.min(end, start + KEPT);
    return new Frame.Call(Arrays.copyOfRange(body, start, Math.max(start, kept)), fault);
  }

  /** Reads what has begun to its end; says how deep it was nested. */
  private static int skip(JsonParser parser) throws IOException {
    if (!parser.currentToken().isStructStart()) {
      return 0;
    }
    int depth = 1;
    int deepest = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new java.io.EOFException();
      }
      if (token.isStructStart()) {
        depth++;
        deepest = Math.max(deepest, depth);
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
    return deepest;
  }

  /** Behind the token that was read last. */
  private static int offset(JsonParser parser) {
    return (int) parser.currentLocation().getByteOffset();
  }

  private static String text(String sentAt) {
    return sentAt == null || sentAt.getBytes(StandardCharsets.UTF_8).length > 100 ? "" : sentAt;
  }
}
