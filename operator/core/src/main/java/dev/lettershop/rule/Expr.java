package dev.lettershop.rule;

/** The typed form of a rule. */
public sealed interface Expr {
  record Now() implements Expr {}
}
