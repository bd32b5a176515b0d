package dev.lettershop.source.clean;

/** What became of one value on its way into the store. */
public sealed interface Converted {
  /** There is nothing: the attribute is left out. */
  Converted ABSENT = new Absent();

  /**
   * @param value of the type that the schema declares, never null
   */
  record Value(Object value) implements Converted {}

  /** See {@link #ABSENT}. */
  record Absent() implements Converted {}

  /**
   * @param reason what is wrong, without the value
   */
  record Invalid(String reason) implements Converted {}

  static Converted of(Object value) {
    return new Value(value);
  }

  static Converted invalid(String reason) {
    return new Invalid(reason);
  }
}
