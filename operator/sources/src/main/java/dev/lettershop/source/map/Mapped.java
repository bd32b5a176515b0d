package dev.lettershop.source.map;

/**
 * What one record became.
 *
 * @param <R> the row that the store loads
 */
public sealed interface Mapped<R> {
  /** A row to load. */
  record Row<R>(R row) implements Mapped<R> {}

  /**
   * A record that cannot be used.
   *
   * @param field the target field at fault
   * @param reason what is wrong, without the value
   */
  record Rejected<R>(String field, String reason) implements Mapped<R> {}

  /**
   * A record that is in order and has nothing to say, such as a consent that was never asked for.
   */
  record Nothing<R>() implements Mapped<R> {}
}
