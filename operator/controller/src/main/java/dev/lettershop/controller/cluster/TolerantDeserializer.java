package dev.lettershop.controller.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads one custom resource as far as it can be read; see {@link TolerantReader}. */
final class TolerantDeserializer extends DelegatingDeserializer {
  private static final long serialVersionUID = 1L;
  private static final Object UNKNOWN = TolerantDeserializer.class;

  /** More are not named: one is enough to know that the controller is too old. */
  private static final int NAMED = 10;

  TolerantDeserializer(JsonDeserializer<?> delegate) {
    super(delegate);
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
    return new TolerantDeserializer(delegate);
  }

  /** Whether the field belongs to a custom resource and is therefore noted. */
  static boolean note(DeserializationContext context, JsonParser parser, String name) {
    @SuppressWarnings("unchecked")
    Set<String> unknown = (Set<String>) context.getAttribute(UNKNOWN);
    if (unknown == null) {
      return false;
    }
    JsonStreamContext here = parser.getParsingContext();
    unknown.add(path(parser.currentToken().isStructStart() ? here.getParent() : here, name));
    return true;
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    ObjectNode tree = context.readValue(parser, ObjectNode.class);
    ObjectNode annotations =
        tree.path("metadata").path("annotations") instanceof ObjectNode present ? present : null;
    if (annotations != null) {
      annotations.remove(OwnershipLabels.NOTES);
    }
    while (true) {
      Set<String> unknown = new TreeSet<>();
      context.setAttribute(UNKNOWN, unknown);
      try (TreeTraversingParser copy = new TreeTraversingParser(tree, parser.getCodec())) {
        copy.nextToken();
        Object read = _delegatee.deserialize(copy, context);
        if (!unknown.isEmpty()) {
          OwnershipLabels.note(
              read,
              OwnershipLabels.UNKNOWN_FIELDS,
              unknown.stream().limit(NAMED).collect(Collectors.joining(", ")));
        }
        return read;
      } catch (JsonMappingException e) {
        leaveOut(tree, e);
      } finally {
        context.setAttribute(UNKNOWN, null);
      }
    }
  }

  /** Takes away what could not be read: one field of the status, or all of the spec. */
  private static void leaveOut(ObjectNode tree, JsonMappingException failure)
      throws JsonMappingException {
    List<Reference> path = failure.getPath();
    String root = path.isEmpty() ? null : path.get(0).getFieldName();
    if ("status".equals(root) && tree.path(root) instanceof ObjectNode status) {
      String field = path.size() < 2 ? null : path.get(1).getFieldName();
      if (field == null || status.remove(field) == null) {
        tree.remove(root);
      }
      return;
    }
    if (!"spec".equals(root) || !tree.has(root)) {
      throw failure;
    }
    ObjectNode annotations = tree.withObject("/metadata").withObject("/annotations");
    annotations.put(OwnershipLabels.UNREADABLE, path(path));
    if (tree.at("/spec/suspend").asBoolean()) {
      annotations.put(OwnershipLabels.UNREADABLE_SUSPENDED, "true");
    }
    tree.remove(root);
  }

  private static String path(List<Reference> path) {
    StringBuilder text = new StringBuilder();
    for (Reference step : path) {
      if (step.getFieldName() == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return text.toString();
  }

  private static String path(JsonStreamContext object, String name) {
    StringBuilder text = new StringBuilder(name);
    for (JsonStreamContext at = object.getParent();
        at != null && !at.inRoot();
        at = at.getParent()) {
      String step = at.inArray() ? "[" + at.getCurrentIndex() + "]" : at.getCurrentName();
      if (step != null) {
        text.insert(0, text.charAt(0) == '[' ? step : step + ".");
      }
    }
    return text.toString();
  }
}
