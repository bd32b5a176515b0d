package dev.lettershop.diagnostic;

/**
 * A place inside the text of one field (an expression or a template).
 *
 * @param line 1-based
 * @param column 1-based, in UTF-16 code units
 */
public record Position(int line, int column) {
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
