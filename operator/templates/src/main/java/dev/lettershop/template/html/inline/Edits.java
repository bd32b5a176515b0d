package dev.lettershop.template.html.inline;

import java.util.Map;
import java.util.TreeMap;

/** Changes of a text by offset; of two at one place the first counts. */
final class Edits {
  private record Edit(int end, String replacement) {}

  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  void replace(int start, int end, String replacement) {
    edits.putIfAbsent(start, new Edit(end, replacement));
  }

  void insert(int at, String text) {
    replace(at, at, text);
  }

  String applyTo(String text) {
    return applyTo(text, 0, text.length());
  }

  /** The part of the text between two offsets, with the changes that lie within. */
  String applyTo(String text, int from, int to) {
    StringBuilder changed = new StringBuilder(to - from + 256);
    int at = from;
    for (Map.Entry<Integer, Edit> entry : edits.subMap(from, true, to, true).entrySet()) {
      if (entry.getKey() >= at) {
        changed.append(text, at, entry.getKey()).append(entry.getValue().replacement());
        at = entry.getValue().end();
      }
    }
    return changed.append(text, Math.min(at, to), to).toString();
  }
}
