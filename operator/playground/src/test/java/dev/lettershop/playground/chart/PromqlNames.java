package dev.lettershop.playground.chart;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that an expression of Prometheus asks for. */
public final class PromqlNames {
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|offset\\s+\\w+|(by|without|on|ignoring)\\s*\\([^)]*\\)");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "by", "on", "without", "ignoring", "offset", "bool");

  private PromqlNames() {}

  public static Set<String> of(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher labels = Pattern.compile("label_values\\((\\w+)").matcher(expression);
    if (labels.find()) {
      return Set.of(labels.group(1));
    }
    String plain = LEFT_OUT.matcher(expression).replaceAll(" ");
    Matcher name = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\s*\\()?").matcher(plain);
    while (name.find()) {
      if (name.group(2) == null && !WORDS.contains(name.group(1))) {
        names.add(name.group(1));
      }
    }
    return names;
  }
}
