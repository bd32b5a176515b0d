package dev.lettershop.collector.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON of providers, no deeper than theirs is. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .build();

  private Json() {}

  static JsonNode read(byte[] body) throws UnreadableException {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw new UnreadableException("the body is empty");
      }
      return node;
    } catch (IOException e) {
      throw new UnreadableException("the body is not valid JSON");
    }
  }

  static JsonNode object(byte[] body) throws UnreadableException {
    JsonNode node = read(body);
    if (!node.isObject()) {
      throw new UnreadableException("the body is not a JSON object");
    }
    return node;
  }
}
