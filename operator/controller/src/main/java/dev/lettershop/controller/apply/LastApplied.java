package dev.lettershop.controller.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.encoding.Sha256;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes on an object what was wished for when it was last applied. Without it, a field that is no
 * longer desired could not be told from one that the API server filled in.
 */
final class LastApplied {
  /** Annotation: {@code sha256:} and 64 hexadecimal digits that stand for the desired object. */
  static final String APPLIED = "lettershop.dev/applied";

  private static final JsonMapper SORTED = JsonMappers.SORTED;

  private LastApplied() {}

  /** A copy of the object with the annotation. */
  static <T extends HasMetadata> T stamped(T desired) {
    T copy = copy(desired);
    Map<String, String> annotations = new TreeMap<>();
    if (copy.getMetadata().getAnnotations() != null) {
      annotations.putAll(copy.getMetadata().getAnnotations());
    }
    annotations.put(APPLIED, hash(desired));
    copy.getMetadata().setAnnotations(annotations);
    return copy;
  }

  /** Whether this is what was wished for when an object was last applied. */
  static boolean isOn(HasMetadata actual, HasMetadata desired) {
    Map<String, String> annotations = actual.getMetadata().getAnnotations();
    return annotations != null && hash(desired).equals(annotations.get(APPLIED));
  }

  @SuppressWarnings("unchecked")
  private static <T extends HasMetadata> T copy(T object) {
    try {
      return (T) SORTED.treeToValue(SORTED.valueToTree(object), object.getClass());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An object of the model is plain data", e);
    }
  }

  private static String hash(HasMetadata object) {
    try {
      return "sha256:" + Sha256.hex(SORTED.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An object of the model is plain data", e);
    }
  }
}
