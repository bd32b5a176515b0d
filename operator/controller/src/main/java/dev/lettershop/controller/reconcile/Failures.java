package dev.lettershop.controller.reconcile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts the attempts to reconcile a resource that failed. Thread-safe. */
public final class Failures {
  /**
   * What is counted together.
   *
   * @param name such as {@code Campaign}
   * @param reason as in the condition that shows it
   */
  public record Kind(String name, String reason) {}

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String kind, String reason) {
    counts.computeIfAbsent(new Kind(kind, reason), key -> new LongAdder()).increment();
  }

  /** How many there were since the start. */
  public Map<Kind, Long> counts() {
    return counts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
