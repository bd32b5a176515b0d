package dev.lettershop.source.map;

/**
 * Values of one field that could not be used and that records went on without.
 *
 * @param values how many, 1 or more
 * @param first where the first of them stands, and what is wrong with it
 */
public record Dropped(long values, InvalidRecord first) {
  public Dropped plus(Dropped later) {
    return new Dropped(values + later.values, first);
  }
}
