package dev.lettershop.bench;

import java.util.List;
import java.util.Map;

/** Something that can be measured. */
interface Benchmark {
  /** What it is called on the command line. */
  String name();

  /** One line on what it measures. */
  String summary();

  /**
   * Measures.
   *
   * @param size number of profiles, or whatever the benchmark counts by
   */
  List<Figure> run(long size) throws Exception;

  long defaultSize();

  /** Whether what it needs is there, so that it is run when none is named. */
  default boolean isPossible() {
    return true;
  }

  /** What can be measured alone, where all of it takes many minutes. */
  default List<String> parts() {
    return List.of();
  }

  /**
   * Measures only one part.
   *
   * @param part one of {@link #parts}
   */
  default List<Figure> run(long size, String part) throws Exception {
    throw new IllegalArgumentException(name() + " has no parts");
  }

  /** Pictures of what was measured last: SVG by file name. */
  default Map<String, String> plots() {
    return Map.of();
  }
}
