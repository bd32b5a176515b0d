package dev.lettershop.controller.event;

import dev.lettershop.api.v1alpha1.Condition;
import java.util.List;

/** Which Events a change of conditions is worth. */
public final class Transitions {
  private Transitions() {}

  /**
   * Empty when no status and no reason changed; a message alone is worth nothing.
   *
   * @param before null or empty at the first visit
   */
  public static List<Transition> between(List<Condition> before, List<Condition> after) {
    return List.of();
  }
}
