package dev.lettershop.template.html.css;

import java.util.Set;

/** Properties that set others which begin with their name. */
final class Shorthands {
  private static final Set<String> SIDES = Set.of("margin", "padding");
  private static final Set<String> BORDERS =
      Set.of("border", "border-top", "border-right", "border-bottom", "border-left");

  private Shorthands() {}

  /** Whether setting {@code shorthand} undoes an earlier {@code name}, which begins with it. */
  static boolean resets(String shorthand, String name) {
    if (SIDES.contains(shorthand)) {
      return !name.contains("-block") && !name.contains("-inline");
    }
    if (BORDERS.contains(shorthand)) {
      return name.endsWith("-width") || name.endsWith("-style") || name.endsWith("-color");
    }
    return shorthand.equals("background") && !name.equals("background-blend-mode");
  }
}
