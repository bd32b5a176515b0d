package dev.lettershop.source.read;

/** One physical line of a text file. */
sealed interface Line {
  /** 1-based. */
  long number();

  /**
   * @param text without its line break
   */
  record Text(long number, String text) implements Line {}

  /** A line that cannot be read as text. Reading goes on behind it. */
  record Unreadable(long number, String reason) implements Line {}
}
