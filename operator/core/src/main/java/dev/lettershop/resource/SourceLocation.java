package dev.lettershop.resource;

/**
 * A place in a manifest.
 *
 * @param line 1-based
 * @param column 1-based
 */
public record SourceLocation(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
