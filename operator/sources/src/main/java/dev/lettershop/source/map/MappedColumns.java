package dev.lettershop.source.map;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the columns that a mapping's expression takes from the record. */
final class MappedColumns {
  private static final Pattern SELECTED =
      Pattern.compile(
          "(?<![A-Za-z0-9_])record\\s*(?:\\.\\s*([A-Za-z_][A-Za-z0-9_]*)|\\[\\s*(['\"])(.*?)\\2\\s*])");
  private static final Pattern METHOD = Pattern.compile("\\s*\\(");

  private MappedColumns() {}

  /** Names of the top-level fields, in the order of their use. */
  static Set<String> of(String expression) {
    Set<String> columns = new LinkedHashSet<>();
    Matcher matcher = SELECTED.matcher(expression);
    while (matcher.find()) {
      boolean called =
          METHOD.matcher(expression).region(matcher.end(), expression.length()).lookingAt();
      if (matcher.group(3) != null) {
        columns.add(matcher.group(3));
      } else if (!called) {
        columns.add(matcher.group(1));
      }
    }
    return columns;
  }
}
