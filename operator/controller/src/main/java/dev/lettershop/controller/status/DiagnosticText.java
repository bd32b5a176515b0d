package dev.lettershop.controller.status;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import java.util.Comparator;
import java.util.List;

/** Findings as the message of a condition: one a line, the gravest first. */
public final class DiagnosticText {
  private static final int MAX = 4_000;

  /** Room for the last line, which says how many more there are. */
  private static final int TAIL = 20;

  private DiagnosticText() {}

  /**
   * @param self the resource that the condition is about: it is not named again
   * @return at most 4,000 characters
   */
  public static String of(ResourceRef self, List<Diagnostic> diagnostics) {
    List<Diagnostic> byGravity =
        diagnostics.stream().sorted(Comparator.comparing(Diagnostic::severity)).toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < byGravity.size(); i++) {
      String line = cut(line(self, byGravity.get(i)), MAX - TAIL);
      if (text.length() + line.length() + 1 > MAX - TAIL) {
        return text.append("\nand ").append(byGravity.size() - i).append(" more").toString();
      }
      text.append(i == 0 ? "" : "\n").append(line);
    }
    return text.toString();
  }

  private static String line(ResourceRef self, Diagnostic diagnostic) {
    StringBuilder line = new StringBuilder();
    if (!diagnostic.resource().equals(self)) {
      line.append(diagnostic.resource()).append(' ');
    }
    line.append(diagnostic.field());
    if (diagnostic.position() != null) {
      line.append(' ').append(diagnostic.position());
    }
    String where = line.toString().strip();
    return (where.isEmpty() ? "" : where + ": ")
        + diagnostic.message()
        + (diagnostic.fix() == null ? "" : "; " + diagnostic.fix());
  }

  private static String cut(String line, int most) {
    return line.length() < most ? line : line.substring(0, most - 2) + "…";
  }
}
