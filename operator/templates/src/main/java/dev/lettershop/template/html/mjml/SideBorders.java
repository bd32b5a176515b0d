package dev.lettershop.template.html.mjml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Borders at the left and right of sections, columns and images. mjml4j takes the last number of
 * such a value for its width, and that may be the colour's: {@code 6px solid #00ff00} makes columns
 * as if there were no border. So it is given the width alone, and its output the value as written.
 */
final class SideBorders {
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "(\\s(?:inner-)?+border-(?:left|right)\\s*+=\\s*+)(?:\"([^\"]*+)\"|'([^']*+)')",
          Pattern.CASE_INSENSITIVE);

  /** What MJML takes for the width of a border, in pixels. */
  private static final Pattern WIDTH = Pattern.compile("(?:^|\\s)([0-9]{1,4})");

  private static final Pattern STAND_IN = Pattern.compile("side-border-([0-9]++)-w[0-9]++px");

  private final List<String> values = new ArrayList<>();

  /** A tag of MJML with stand-ins for its borders, in which the width is the only last number. */
  String hidden(String tag) {
    return ATTRIBUTE
        .matcher(tag)
        .replaceAll(
            attribute -> {
              String value = attribute.group(2) != null ? attribute.group(2) : attribute.group(3);
              Matcher width = WIDTH.matcher(value.strip());
              String standIn =
                  "side-border-"
                      + values.size()
                      + "-w"
                      + (width.find() ? width.group(1) : "0")
                      + "px";
              values.add(value);
              return Matcher.quoteReplacement(attribute.group(1) + '"' + standIn + '"');
            });
  }

  /** What was made of it, with the borders in place. */
  String restored(String html) {
    return STAND_IN
        .matcher(html)
        .replaceAll(
            standIn -> {
              int number = Integer.parseInt(standIn.group(1));
              return Matcher.quoteReplacement(
                  number < values.size() ? values.get(number) : standIn.group());
            });
  }
}
