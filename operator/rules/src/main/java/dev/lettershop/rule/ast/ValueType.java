package dev.lettershop.rule.ast;

import dev.lettershop.api.v1alpha1.store.AttributeType;

/** Type of an {@link Expr}. Names are those that people see in messages. */
public enum ValueType {
  String("a String"),
  Boolean("a Boolean"),
  Integer("an Integer"),
  Double("a Double"),
  Timestamp("a Timestamp"),
  Duration("a Duration"),
  StringList("a StringList");

  private final String withArticle;

  ValueType(String withArticle) {
    this.withArticle = withArticle;
  }

  public static ValueType of(AttributeType type) {
    return switch (type) {
      case String -> String;
      case Boolean -> Boolean;
      case Integer -> Integer;
      case Double -> Double;
      case Timestamp -> Timestamp;
      case StringList -> StringList;
    };
  }

  public boolean isNumber() {
    return this == Integer || this == Double;
  }

  /** Whether a value can be taken as a number: Booleans as 0 and 1, Durations as days. */
  public boolean comesToNumber() {
    return isNumber() || this == Boolean || this == Duration;
  }

  /** Whether values have an order that both engines agree on. */
  public boolean isOrdered() {
    return this != Boolean && this != StringList;
  }

  /** For messages: {@code an Integer}. */
  public String withArticle() {
    return withArticle;
  }
}
