package dev.lettershop.playground.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.lettershop.cli.output.Json;
import java.io.PrintWriter;
import java.util.List;

/** How {@code get} prints. */
enum Output {
  table,
  wide,
  yaml,
  json;

  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new Quoting()).build())
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /** Texts that begin like a number may be one, or a time, to some reader of YAML. */
  private static final class Quoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteValue(String value) {
      return super.needToQuoteValue(value)
          || (!value.isEmpty() && Character.isDigit(value.charAt(0)));
    }
  }

  /**
   * Prints resources as they are; as a List unless one was asked for by name.
   *
   * @param single whether one was asked for
   */
  void print(PrintWriter out, List<JsonNode> resources, boolean single) {
    List<JsonNode> readable = resources.stream().map(Output::readable).toList();
    JsonNode document = single ? readable.get(0) : list(readable);
    if (this == json) {
      Json.print(out, document);
      return;
    }
    try {
      out.print(YAML.writeValueAsString(document));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree always serialises", e);
    }
  }

  /** Without who wrote which field, as kubectl. */
  private static JsonNode readable(JsonNode resource) {
    JsonNode copy = resource.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    return copy;
  }

  private static JsonNode list(List<JsonNode> items) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("apiVersion", "v1").put("kind", "List");
    list.putArray("items").addAll(items);
    return list;
  }
}
