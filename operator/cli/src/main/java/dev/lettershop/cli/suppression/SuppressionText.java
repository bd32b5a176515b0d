package dev.lettershop.cli.suppression;

import dev.lettershop.store.suppression.Suppression;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Suppressions as lines. */
final class SuppressionText {
  /** So many characters of a hash tell it apart. */
  private static final int SHOWN_HASH = 16;

  private SuppressionText() {}

  /** What {@code -o json} prints of one. */
  record Row(
      String address,
      String domain,
      String reason,
      String source,
      String message,
      String code,
      String run,
      String topic,
      String note,
      String since) {}

  /** For programs; null for none. */
  static Row row(Suppression suppression) {
    return suppression == null
        ? null
        : new Row(
            suppression.address(),
            suppression.domain(),
            suppression.reason().name(),
            suppression.source(),
            suppression.message(),
            suppression.code(),
            suppression.run(),
            suppression.topic(),
            suppression.note(),
            suppression.since().toString());
  }

  static void print(Row suppression, PrintWriter out) {
    out.printf(
        "%s  %-12s  %-24s  %s%n",
        suppression.since(),
        suppression.reason(),
        suppression.domain() != null
            ? "@" + suppression.domain()
            : suppression.address().substring(0, SHOWN_HASH),
        why(suppression));
  }

  /** Who decided it, and by what. */
  static String why(Row suppression) {
    List<String> parts = new ArrayList<>();
    parts.add("by " + suppression.source());
    if (suppression.message() != null) {
      parts.add(
          suppression.message() + (suppression.code() == null ? "" : " " + suppression.code()));
    }
    if (suppression.run() != null) {
      parts.add(
          "run "
              + suppression.run()
              + (suppression.topic() == null ? "" : " about " + suppression.topic()));
    }
    if (suppression.note() != null) {
      parts.add(suppression.note());
    }
    return String.join("; ", parts);
  }
}
