package dev.lettershop.rule.parse;

import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.ast.Expr;
import java.util.List;

/**
 * What a part of the text stands for while it is lowered. Only a {@link Value} is left at the end;
 * the others are steps on the way to one.
 */
sealed interface Term {

  record Value(Expr expr) implements Term {}

  /** A list of constants, for {@code in}. */
  record Constants(List<Expr.Literal> items) implements Term {}

  /**
   * Events of the profile.
   *
   * @param events null when something is wrong with them, which was reported
   * @param definition null when there is no such event, which was reported
   */
  record EventList(Expr.Events events, EventDefinition definition) implements Term {}

  /** {@code events(…).map(e, value)}. */
  record Figures(Expr.Events events, Expr value) implements Term {}

  /**
   * The newest event, of which a property is to be named.
   *
   * @param events null when something is wrong with them, which was reported
   * @param definition null when there is no such event, which was reported
   */
  record LastEvent(Expr.Events events, EventDefinition definition) implements Term {}

  /** The name {@code profile} by itself. */
  record TheProfile() implements Term {}

  /** A variable that runs over events. */
  record TheEvent(int slot, EventDefinition definition) implements Term {}

  /** Something is wrong here and was reported; what follows from it is not. */
  record Faulty() implements Term {}
}
