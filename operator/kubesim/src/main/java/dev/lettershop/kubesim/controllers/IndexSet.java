package dev.lettershop.kubesim.controllers;

import java.util.Collection;
import java.util.TreeSet;

/** Completion indexes as a Job's status writes them: {@code 1,3-5,7}. */
final class IndexSet {
  private IndexSet() {}

  /**
   * @param text null or empty for none
   */
  static TreeSet<Integer> parse(String text) {
    TreeSet<Integer> indexes = new TreeSet<>();
    if (text != null && !text.isEmpty()) {
      for (String range : text.split(",")) {
        int dash = range.indexOf('-');
        int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
        for (int index = from; index <= to; index++) {
          indexes.add(index);
        }
      }
    }
    return indexes;
  }

  static String format(Collection<Integer> indexes) {
    StringBuilder text = new StringBuilder();
    Integer from = null;
    Integer to = null;
    for (Integer index : new TreeSet<>(indexes)) {
      if (to != null && index == to + 1) {
        to = index;
      } else {
        append(text, from, to);
        from = index;
        to = index;
      }
    }
    append(text, from, to);
    return text.toString();
  }

  private static void append(StringBuilder text, Integer from, Integer to) {
    if (from != null) {
      text.append(text.isEmpty() ? "" : ",").append(from);
      if (!from.equals(to)) {
        // Two neighbours are a list, as in Kubernetes; three and more are a range.
        text.append(to == from + 1 ? "," : "-").append(to);
      }
    }
  }
}
