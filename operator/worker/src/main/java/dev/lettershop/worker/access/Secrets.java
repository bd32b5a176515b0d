package dev.lettershop.worker.access;

import dev.lettershop.worker.RunException;
import java.util.Optional;

/**
 * Where credentials come from. Values are read when asked for, so that a rotated Secret is seen,
 * and never kept in a plan.
 */
public interface Secrets {
  /** The value under a key of a Secret, or empty when the Secret or the key does not exist. */
  Optional<byte[]> get(String name, String key);

  /** What to do about a missing one, for messages. */
  default String remedy() {
    return "add the Secret to the manifests";
  }

  /** The value as UTF-8 text without a trailing line break. */
  default Optional<String> text(String name, String key) {
    return get(name, key)
        .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
        .map(text -> text.endsWith("\n") ? text.stripTrailing() : text);
  }

  /**
   * The value that a field of a resource needs.
   *
   * @param field the resource and field that refer to the Secret, for the message
   * @throws RunException (configuration) when there is none
   */
  default String require(String field, String name, String key) {
    return text(name, key)
        .orElseThrow(
            () ->
                RunException.configuration(
                    field
                        + " refers to the key \""
                        + key
                        + "\" of Secret/"
                        + name
                        + ", which does not exist; "
                        + remedy()));
  }
}
