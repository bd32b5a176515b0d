package dev.lettershop.api.v1alpha1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a field holds when nothing is written. The schema has the same defaults; they are repeated
 * in Java for objects that no API server has seen.
 */
final class Absent {
  private Absent() {}

  static <T> T or(T value, T fallback) {
    return value == null ? fallback : value;
  }

  /** An immutable copy; empty for null. */
  static <T> List<T> list(List<T> values) {
    return values == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** An immutable copy in the same order; empty for null. */
  static <V> Map<String, V> map(Map<String, V> values) {
    return values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
