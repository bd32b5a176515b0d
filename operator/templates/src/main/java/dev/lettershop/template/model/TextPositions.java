package dev.lettershop.template.model;

import dev.lettershop.diagnostic.Position;
import java.util.Arrays;

/** Line and column of an offset in one text. */
public final class TextPositions {
  private final int[] lineStarts;

  public TextPositions(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    lineStarts = Arrays.copyOf(starts, count);
  }

  public Position at(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - lineStarts[line] + 1);
  }

  /** The offset of a place; the nearest one there is when the text has no such place. */
  public int offset(Position position) {
    int line = Math.min(Math.max(position.line() - 1, 0), lineStarts.length - 1);
    return lineStarts[line] + Math.max(position.column() - 1, 0);
  }
}
