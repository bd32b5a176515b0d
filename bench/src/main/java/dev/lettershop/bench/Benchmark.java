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

  /** Pictures of what was measured last: SVG by file name. */
  default Map<String, String> plots() {
    return Map.of();
  }
}
