package dev.lettershop.playground.architecture.trespass;

import dev.lettershop.rule.ast.ExprText;

/** Uses a type that the facade of its feature does not name: shows that the rule finds it. */
final class Trespasser {
  private final Class<?> inside = ExprText.class;

  Class<?> inside() {
    return inside;
  }
}
