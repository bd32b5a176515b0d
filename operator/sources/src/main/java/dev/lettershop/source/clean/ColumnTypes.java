package dev.lettershop.source.clean;

import dev.lettershop.api.v1alpha1.store.AttributeType;

/** Which types of columns can become which attributes, as {@link TypeConversion} does it. */
public final class ColumnTypes {
  private ColumnTypes() {}

  /**
   * @param column null when nothing is known of it
   */
  public static boolean fit(AttributeType column, AttributeType attribute) {
    if (column == null || column == attribute) {
      return true;
    }
    return switch (column) {
      // Text is read as what is declared; whether that works depends on the value.
      case String -> true;
      case Integer -> attribute != AttributeType.Boolean && attribute != AttributeType.StringList;
      case Double -> attribute == AttributeType.String || attribute == AttributeType.Integer;
      case Boolean, Timestamp -> attribute == AttributeType.String;
      case StringList -> false;
    };
  }
}
