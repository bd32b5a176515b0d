package dev.lettershop.api.v1alpha1.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What takes the place of fields that are not written. The same defaults stand in the CRDs. */
public final class Absent {
  private Absent() {}

  public static <T> T or(T value, T fallback) {
    return value == null ? fallback : value;
  }

  /** The list as an immutable one, empty when absent. */
  public static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
  }

  /** The map as an immutable one in the order as written, empty when absent. */
  public static <K, V> Map<K, V> map(Map<K, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
