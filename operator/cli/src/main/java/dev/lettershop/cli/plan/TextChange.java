package dev.lettershop.cli.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text that people read, as it was and as it would be.
 *
 * @param of where it stands, such as {@code template/welcome html}
 * @param before null when it was not there
 * @param after null when it is gone
 */
record TextChange(String of, String before, String after) {
  private static final int AROUND = 1;
  private static final int HEADER = 2;

  /** Those that differ, in the order of their names. */
  static List<TextChange> between(Map<String, String> before, Map<String, String> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<TextChange> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        changes.add(new TextChange(name, before.get(name), after.get(name)));
      }
    }
    return changes;
  }

  /** Lines that go with a minus, lines that come with a plus, and a line around them. */
  @JsonIgnore
  List<String> lines() {
    List<String> old = before == null ? List.of() : before.lines().toList();
    List<String> now = after == null ? List.of() : after.lines().toList();
    List<String> all =
        UnifiedDiffUtils.generateUnifiedDiff("", "", old, DiffUtils.diff(old, now), AROUND);
    return all.stream().skip(HEADER).filter(line -> !line.startsWith("@@")).toList();
  }
}
