package dev.lettershop.fuzz;

import java.util.List;
import java.util.Random;

/**
 * Texts made of pieces of a language. Most are short; of twenty, one has words of thousands of
 * letters or a piece thousands of times, which is what a parser that recurses does not survive. The
 * same seed gives the same texts. Not thread-safe.
 */
public final class LongInputs {
  private static final int ONE_OF = 20;
  private static final int SHORT = 200;
  private static final List<String> LETTERS =
      List.of("a", "A", "9", ".", "-", "_", "é", "\\", "\\.", "😀", " ", "\n", "\u0000", "<", "'");

  private final Random random;
  private final List<String> pieces;
  private final int most;

  /**
   * @param most characters of the longest texts
   */
  public LongInputs(long seed, int most, List<String> pieces) {
    this.random = new Random(seed);
    this.pieces = List.copyOf(pieces);
    this.most = most;
  }

  public String next() {
    int length = random.nextInt(ONE_OF) == 0 ? most : Math.min(most, SHORT);
    int parts = 1 + random.nextInt(8);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      text.append(part(length / parts));
    }
    return text.length() <= length ? text.toString() : text.substring(0, length);
  }

  private String part(int length) {
    String piece = anyOf(pieces);
    return switch (random.nextInt(8)) {
      case 0 -> repeated(piece, length);
      case 1 -> repeated(piece + anyOf(pieces), length);
      case 2 -> repeated(anyOf(LETTERS), length);
      case 3 -> piece + repeated(anyOf(LETTERS), length) + anyOf(pieces);
      case 4 -> piece.substring(0, random.nextInt(piece.length() + 1));
      default -> piece;
    };
  }

  private String anyOf(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String repeated(String text, int length) {
    return text.isEmpty() ? text : text.repeat(Math.max(1, length / text.length()));
  }
}
