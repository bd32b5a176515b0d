package dev.lettershop.collector.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which source a write key belongs to. Thread-safe. */
final class WriteKeys {
  private final List<IntakeSource> sources;
  private final Set<String> origins;
  private volatile Map<String, IntakeSource> byKey = Map.of();

  WriteKeys(List<IntakeSource> sources) {
    this.sources = List.copyOf(sources);
    this.origins =
        sources.stream().flatMap(s -> s.origins().stream()).collect(Collectors.toUnmodifiableSet());
    refresh();
  }

  /** Reads the keys again; may wait for files. */
  void refresh() {
    Map<String, IntakeSource> keys = new HashMap<>();
    for (IntakeSource source : sources) {
      String key = source.writeKey().get();
      if (!key.isEmpty()) {
        keys.putIfAbsent(key, source);
      }
    }
    byKey = Map.copyOf(keys);
  }

  /** The source of a key, or null. */
  IntakeSource source(String key) {
    return key == null ? null : byKey.get(key);
  }

  /** Whether pages of an origin may send to any source. */
  boolean knows(String origin) {
    return origins.contains(origin);
  }

  /** Sources without a key: nothing can come to them. */
  List<String> keyless() {
    Map<String, IntakeSource> keys = byKey;
    return sources.stream()
        .filter(source -> !keys.containsValue(source))
        .map(IntakeSource::name)
        .toList();
  }
}
