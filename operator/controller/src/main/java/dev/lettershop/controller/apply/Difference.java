package dev.lettershop.controller.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether an object is other than desired. What the desired object leaves open, the API server may
 * have filled in and other people may have added; that is not a difference.
 */
public final class Difference {
  static final JsonMapper MAPPER = JsonMappers.PLAIN;

  /** Who an object is does not change, and its status is not what anybody wishes. */
  private static final Set<String> APART = Set.of("apiVersion", "kind", "metadata", "status");

  private Difference() {}

  /**
   * Whether {@code actual} contradicts {@code desired}: a field has another value, a list other
   * elements, or a label, an annotation or an owner is missing. Empty and absent are the same, as
   * are quantities of the same amount.
   */
  public static boolean between(HasMetadata actual, HasMetadata desired) {
    JsonNode is = MAPPER.valueToTree(actual);
    JsonNode should = MAPPER.valueToTree(desired);
    return differs(is.path("metadata").path("labels"), should.path("metadata").path("labels"))
        || differs(
            is.path("metadata").path("annotations"), should.path("metadata").path("annotations"))
        || lacksOwner(
            is.path("metadata").path("ownerReferences"),
            should.path("metadata").path("ownerReferences"))
        || fields(should)
            .anyMatch(
                field ->
                    !APART.contains(field.getKey())
                        && differs(is.path(field.getKey()), field.getValue()));
  }

  /** Other owners may stand beside ours. */
  private static boolean lacksOwner(JsonNode actual, JsonNode desired) {
    return elements(desired)
        .anyMatch(owner -> elements(actual).allMatch(other -> differs(other, owner)));
  }

  private static boolean differs(JsonNode actual, JsonNode desired) {
    return differs(actual, desired, false);
  }

  private static boolean differs(JsonNode actual, JsonNode desired, boolean quantity) {
    if (isEmpty(desired)) {
      return false;
    }
    if (desired.isObject()) {
      return fields(desired)
          .anyMatch(
              field ->
                  differs(
                      actual.path(field.getKey()),
                      field.getValue(),
                      quantity || isQuantity(field.getKey())));
    }
    if (desired.isArray()) {
      if (desired.size() != actual.size()) {
        return true;
      }
      for (int i = 0; i < desired.size(); i++) {
        if (differs(actual.get(i), desired.get(i), false)) {
          return true;
        }
      }
      return false;
    }
    return quantity ? !sameAmount(actual, desired) : !actual.equals(desired);
  }

  private static boolean isQuantity(String field) {
    return field.equals("requests") || field.equals("limits") || field.equals("sizeLimit");
  }

  private static boolean sameAmount(JsonNode actual, JsonNode desired) {
    if (isEmpty(actual)) {
      return false;
    }
    return new Quantity(actual.asText())
            .getNumericalAmount()
            .compareTo(new Quantity(desired.asText()).getNumericalAmount())
        == 0;
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isContainerNode() && node.isEmpty())
        || (node.isTextual() && node.textValue().isEmpty());
  }

  private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode object) {
    return stream(object.fields());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return stream(array.elements());
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    Iterable<T> once = () -> iterator;
    return StreamSupport.stream(once.spliterator(), false);
  }
}
