package dev.lettershop.resource;

import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A file as it is written: where texts begin that a place may lie inside of. */
final class YamlSource {
  /** Ends the path of a field whose text is written as it is read, for the place of its start. */
  static final String TEXT = "\u0000text";

  private final String file;
  private final String yaml;
  private List<String> lines;

  YamlSource(String file, String yaml) {
    this.file = file;
    this.yaml = yaml;
  }

  SourceLocation place(Mark mark) {
    return new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /**
   * Where the first character of a text is, when each of its lines is one of the file; null when
   * lines are folded or characters are escaped.
   */
  SourceLocation text(ScalarNode node) {
    Mark start = node.getStartMark();
    if (node.getScalarStyle() == ScalarStyle.LITERAL) {
      return block(start.getLine() + 1);
    }
    Mark end = node.getEndMark();
    boolean quoted =
        node.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
            || node.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
    int marks = quoted ? 2 : 0;
    boolean asRead =
        node.getScalarStyle() != ScalarStyle.FOLDED
            && start.getLine() == end.getLine()
            && end.getColumn() - start.getColumn() - marks == node.getValue().length();
    return asRead
        ? new SourceLocation(file, start.getLine() + 1, start.getColumn() + 1 + marks / 2)
        : null;
  }

  /** The first line with anything in it shows how far all are indented. */
  private SourceLocation block(int first) {
    if (lines == null) {
      lines = yaml.lines().toList();
    }
    for (int i = first; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank()) {
        int indentation = line.length() - line.stripLeading().length();
        return new SourceLocation(file, first + 1, indentation + 1);
      }
    }
    return null;
  }
}
