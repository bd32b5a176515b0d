package dev.lettershop.rule.mapping;

/** What a mapping made of one record. */
public sealed interface MappedValue {
  /**
   * @param value String, Boolean, Long, Double, {@link java.time.Instant}, {@code List} or {@code
   *     Map}; never null
   */
  record Present(Object value) implements MappedValue {
    /** Never the value: it is personal data. */
    @Override
    public String toString() {
      return "Present";
    }
  }

  /** The expression came to null: the attribute is left without a value. */
  record Absent() implements MappedValue {}

  /**
   * @param message why there is no value; speaks of the expression, never of the record's data
   */
  record Failed(String message) implements MappedValue {}
}
