package dev.lettershop.playground.sample;

import java.util.List;
import java.util.SplittableRandom;

/** Draws from a stream of random numbers that depends on a seed and on what it is for. */
final class SeededRandom {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final SplittableRandom random;

  /**
   * @param purpose tells apart streams of one seed
   * @param index tells apart the things of one purpose
   */
  SeededRandom(long seed, String purpose, long index) {
    this.random =
        new SplittableRandom((seed * 31 + purpose.hashCode()) * GOLDEN_RATIO ^ mixed(index));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code from} to {@code to}, the latter excluded. */
  int between(int from, int to) {
    return random.nextInt(from, to);
  }

  double between(double from, double to) {
    return random.nextDouble(from, to);
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String hex() {
    return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
  }

  private static long mixed(long value) {
    long z = (value + GOLDEN_RATIO) * 0xBF58476D1CE4E5B9L;
    return z ^ (z >>> 29);
  }
}
