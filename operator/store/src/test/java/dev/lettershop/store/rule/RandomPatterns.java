package dev.lettershop.store.rule;

import java.util.List;
import java.util.Random;

/** Patterns for {@code matches}; the compiler refuses some of them. */
final class RandomPatterns {
  private static final List<String> ATOMS =
      List.of(
          "a", "b", "A", "k", "x", " ", "é", "😀", "1", "7", "_", "%", "\\\\", "\\.", ".", "\\d",
          "\\w", "\\s", "\\D", "\\W", "\\S", "[a-z]", "[^a-z]", "[A-Zé]", "[\\d-]", "[]x]",
          "[^\\s]", "[😀-😂]", "\\n", "'", "\"", "()");
  private static final List<String> REPEATS =
      List.of("*", "+", "?", "*?", "+?", "??", "{2}", "{1,}", "{0,3}", "{2,5}", "{0}", "{255}");

  private RandomPatterns() {}

  static String of(Random random) {
    return (random.nextInt(3) == 0 ? "^" : "")
        + alternatives(random, 2)
        + (random.nextInt(3) == 0 ? "$" : "");
  }

  private static String alternatives(Random random, int depth) {
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      pattern.append(piece(random, depth));
      if (random.nextInt(6) == 0) {
        pattern.append('|');
      }
    }
    return pattern.toString();
  }

  private static String piece(Random random, int depth) {
    String atom =
        depth > 0 && random.nextInt(3) == 0
            ? (random.nextBoolean() ? "(" : "(?:") + alternatives(random, depth - 1) + ")"
            : ATOMS.get(random.nextInt(ATOMS.size()));
    return random.nextInt(3) == 0 ? atom + REPEATS.get(random.nextInt(REPEATS.size())) : atom;
  }
}
