package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns a YAML document into JSON as Kubernetes does, and notes where each field starts. Dates stay
 * the strings that they are in JSON.
 */
final class YamlToJson extends SafeConstructor {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_NODES = 250_000;

  private final YamlSource source;
  private final Map<String, SourceLocation> places;
  private final BiConsumer<Mark, String> faults;
  private int converted;
  private int depth;

  YamlToJson(
      YamlSource source, Map<String, SourceLocation> places, BiConsumer<Mark, String> faults) {
    super(ResourceParser.options());
    this.source = source;
    this.places = places;
    this.faults = faults;
  }

  JsonNode convert(Node document) {
    return convert("", document);
  }

  private JsonNode convert(String path, Node node) {
    if (depth == ResourceParser.MAX_DEPTH) {
      if (converted <= MAX_NODES) {
        faults.accept(node.getStartMark(), "is nested too deeply, or holds an alias of itself");
      }
      converted = MAX_NODES + 1;
      return JSON.nullNode();
    }
    depth++;
    try {
      return value(path, node);
    } finally {
      depth--;
    }
  }

  private JsonNode value(String path, Node node) {
    if (++converted > MAX_NODES) {
      if (converted == MAX_NODES + 1) {
        faults.accept(node.getStartMark(), "expands to more than " + MAX_NODES + " values");
      }
      return JSON.nullNode();
    }
    places.putIfAbsent(path, source.place(node.getStartMark()));
    if (node instanceof MappingNode mapping) {
      return object(path, mapping);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      for (int i = 0; i < sequence.getValue().size(); i++) {
        array.add(convert(path + "[" + i + "]", sequence.getValue().get(i)));
      }
      return array;
    }
    ScalarNode text = (ScalarNode) node;
    SourceLocation start = source.text(text);
    if (start != null) {
      places.put(path + YamlSource.TEXT, start);
    }
    return scalar(text);
  }

  private JsonNode object(String path, MappingNode mapping) {
    if (mapping.isMerged()) {
      flattenMapping(mapping);
    }
    ObjectNode object = JSON.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        faults.accept(tuple.getKeyNode().getStartMark(), "a key must be a plain string");
        continue;
      }
      String key = keyNode.getValue();
      String field = path.isEmpty() ? key : path + "." + key;
      if (object.has(key)) {
        faults.accept(keyNode.getStartMark(), "the key \"" + key + "\" occurs twice");
        continue;
      }
      places.put(field, source.place(keyNode.getStartMark()));
      object.set(key, convert(field, tuple.getValueNode()));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode node) {
    if (node.getTag().equals(Tag.TIMESTAMP) || node.getTag().equals(Tag.STR)) {
      return JSON.textNode(node.getValue());
    }
    Object value = constructed(node);
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    }
    if (value instanceof Integer || value instanceof Long) {
      return JSON.numberNode(((Number) value).longValue());
    }
    if (value instanceof BigInteger number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Double number) {
      return JSON.numberNode(number);
    }
    return JSON.textNode(node.getValue());
  }

  private Object constructed(ScalarNode node) {
    try {
      Object value = constructObject(node);
      if (value instanceof Double number && !Double.isFinite(number)) {
        faults.accept(node.getStartMark(), "is not a number that JSON can hold");
        return null;
      }
      return value;
    } catch (NumberFormatException e) {
      faults.accept(node.getStartMark(), "is not the number that its tag says");
      return null;
    }
  }
}
