package dev.lettershop.playground.view;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, three spaces apart, as wide as what stands in them. */
final class TextTable {
  private static final int GAP = 3;

  private final List<List<String>> lines = new ArrayList<>();

  TextTable(List<String> headings) {
    lines.add(List.copyOf(headings));
  }

  /** Adds a row with a cell for each heading. */
  TextTable row(List<String> cells) {
    if (cells.size() != lines.get(0).size()) {
      throw new IllegalArgumentException("a row needs a cell for each heading");
    }
    lines.add(List.copyOf(cells));
    return this;
  }

  /** The lines, each without blanks at its end. */
  List<String> lines() {
    int columns = lines.get(0).size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], width(line.get(column)));
      }
    }
    return lines.stream().map(line -> joined(line, widths)).toList();
  }

  private static String joined(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = line.get(column);
      text.append(cell).append(" ".repeat(widths[column] - width(cell) + GAP));
    }
    return text.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
