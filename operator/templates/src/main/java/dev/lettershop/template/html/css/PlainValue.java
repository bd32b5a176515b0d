package dev.lettershop.template.html.css;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells values that every client reads from those that one may not know, or that are wrong. A
 * declaration with a value that a client does not read is ignored there, and an earlier one counts.
 */
final class PlainValue {
  private static final Pattern LENGTH =
      Pattern.compile("[+-]?(?:\\d++(?:\\.\\d++)?|\\.\\d++)(?:px|pt|em|%)|[+-]?0(?:\\.0++)?");
  private static final Pattern NUMBER = Pattern.compile("\\d++(?:\\.\\d++)?|\\.\\d++");
  private static final Pattern COLOUR =
      Pattern.compile(
          "#(?:[0-9a-f]{3}|[0-9a-f]{6})"
              + "|rgb\\(\\s*+\\d{1,3}\\s*+,\\s*+\\d{1,3}\\s*+,\\s*+\\d{1,3}\\s*+\\)"
              + "|transparent|inherit|black|silver|gray|white|maroon|red|purple|fuchsia|green|lime"
              + "|olive|yellow|navy|blue|teal|aqua|orange");

  /** Keywords by what they can be said of; a property in none of the groups takes any of them. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "auto",
          "inherit",
          "none",
          "normal",
          "bold",
          "bolder",
          "lighter",
          "italic",
          "left",
          "right",
          "center",
          "justify",
          "top",
          "middle",
          "bottom",
          "baseline",
          "block",
          "inline",
          "inline-block",
          "table",
          "table-cell",
          "table-row",
          "solid",
          "dashed",
          "dotted",
          "double",
          "hidden",
          "visible",
          "underline",
          "line-through",
          "uppercase",
          "lowercase",
          "capitalize",
          "collapse",
          "separate",
          "nowrap",
          "pre",
          "pre-line",
          "pre-wrap",
          "break-word",
          "both",
          "repeat",
          "no-repeat",
          "repeat-x",
          "repeat-y",
          "cover",
          "contain",
          "border-box",
          "content-box",
          "fixed",
          "medium",
          "thin",
          "thick",
          "small",
          "large",
          "disc",
          "decimal",
          "square",
          "circle",
          "outside",
          "inside",
          "exactly");

  private static final Set<String> LENGTHS =
      Set.of(
          "width",
          "height",
          "max-width",
          "max-height",
          "min-width",
          "min-height",
          "font-size",
          "letter-spacing",
          "text-indent",
          "border-radius",
          "border-spacing");
  private static final Set<String> NUMBERS =
      Set.of("line-height", "font-weight", "opacity", "z-index", "order", "flex");

  private PlainValue() {}

  /**
   * Whether every client reads the value.
   *
   * @param property in lower case
   */
  static boolean is(String property, String value) {
    String lower = value.toLowerCase(Locale.ROOT).strip();
    if (lower.isEmpty() || Marks.in(value) || lower.indexOf('!') >= 0) {
      return false;
    }
    if (property.equals("color") || property.endsWith("-color")) {
      return COLOUR.matcher(lower).matches();
    }
    if (property.equals("font-family")) {
      return lower.indexOf('(') < 0;
    }
    if (LENGTHS.contains(property)
        || property.startsWith("padding")
        || property.startsWith("margin")) {
      return allOf(
          lower,
          word ->
              isLength(word)
                  || word.equals("auto")
                  || word.equals("inherit")
                  || !property.startsWith("padding")
                      && !property.startsWith("margin")
                      && (word.equals("none") || word.equals("normal")));
    }
    return allOf(
        lower.replaceAll("rgb\\([^()]*+\\)", "#000000").replaceAll("url\\([^()]*+\\)", "none"),
        word ->
            isLength(word)
                || COLOUR.matcher(word).matches()
                || KEYWORDS.contains(word)
                || NUMBERS.contains(property) && NUMBER.matcher(word).matches());
  }

  private static boolean isLength(String word) {
    return LENGTH.matcher(word).matches();
  }

  private static boolean allOf(String value, java.util.function.Predicate<String> test) {
    for (String word : value.split("\\s++")) {
      if (!test.test(word)) {
        return false;
      }
    }
    return true;
  }
}
