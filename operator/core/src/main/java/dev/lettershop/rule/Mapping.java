package dev.lettershop.rule;

import java.util.List;
import java.util.Map;

/**
 * Compiled {@code spec.mapping} of a source: computes attributes from one record. Immutable and
 * thread-safe.
 */
public final class Mapping {
  Mapping() {}

  /** Names of the attributes that are mapped, in the order of the source. */
  public List<String> targets() {
    return List.of();
  }

  /**
   * @param to one of {@link #targets()}
   * @param record field values as read: String, Long, Double, Boolean, List, Map; absent fields are
   *     absent keys
   */
  public MappedValue apply(String to, Map<String, Object> record) {
    throw new UnsupportedOperationException();
  }
}
