package dev.lettershop.worker.execute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each phase took. Not thread-safe. */
final class Timings {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  <T> T time(String phase, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.put(phase, (System.nanoTime() - start) / 1e9);
    }
  }

  void time(String phase, Runnable work) {
    time(
        phase,
        () -> {
          work.run();
          return null;
        });
  }

  /** Seconds by phase, in the order in which they began. */
  Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
