package dev.lettershop.source.map;

import dev.lettershop.profile.PlainText;
import dev.lettershop.source.clean.Storable;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Collects what a file holds and the schema does not declare, so that it is kept and reported
 * rather than lost. Not thread-safe.
 */
final class UnknownColumns {
  /** Names beyond these are kept with their profiles and not reported one by one. */
  private static final int MOST_NAMES = 200;

  /**
   * What fields are called. Keys of other shapes may be data, such as addresses, and stay unsaid.
   */
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N} _./-]{0,63}");

  /** Stands for all names that stay unsaid. */
  static final String UNSAID = "(other)";

  private final Set<String> known;
  private final List<String> unknown;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /**
   * @param known columns that are used, whatever for
   * @param columns the columns that every record has, or null when each has its own
   */
  UnknownColumns(Set<String> known, List<String> columns) {
    this.known = Set.copyOf(known);
    this.unknown =
        columns == null
            ? null
            : columns.stream().filter(column -> !known.contains(column)).toList();
    if (unknown != null) {
      unknown.forEach(column -> counts.put(said(column), 0L));
    }
  }

  /** What this record has beyond the known columns; empty text is left out. */
  Map<String, Object> of(Map<String, Object> record) {
    if (unknown != null && unknown.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> extra = new HashMap<>();
    for (String column : unknown != null ? unknown : record.keySet()) {
      if (unknown != null || !known.contains(column)) {
        keep(column, record.get(column), column, extra);
      }
    }
    return extra;
  }

  /**
   * What an object has under names that its event does not declare.
   *
   * @param within what is put in front of the names where they are reported
   */
  Map<String, Object> of(Map<?, ?> object, Collection<?> names, String within) {
    Map<String, Object> extra = new HashMap<>();
    for (Object name : names) {
      keep(String.valueOf(name), object.get(name), within + name, extra);
    }
    return extra;
  }

  private void keep(String name, Object value, String reported, Map<String, Object> extra) {
    if (value != null && !(value instanceof String text && PlainText.isBlank(text))) {
      extra.put(Storable.text(name), Storable.of(value));
      counts.merge(said(reported), 1L, Long::sum);
    }
  }

  private String said(String column) {
    if (counts.containsKey(column)) {
      return column;
    }
    boolean named = counts.size() < MOST_NAMES && NAME.matcher(column).matches();
    return named ? column : UNSAID;
  }

  /** By name, in how many records an undeclared column had a value. */
  Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
