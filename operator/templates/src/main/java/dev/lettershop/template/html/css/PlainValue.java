package dev.lettershop.template.html.css;

import java.util.Locale;
import java.util.Map;
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

  /** What these take, a single word; of others any keyword is taken to be right. */
  private static final Map<String, Set<String>> KEYWORDS_OF =
      Map.of(
          "text-align", Set.of("left", "right", "center", "justify"),
          "vertical-align", Set.of("top", "middle", "bottom", "baseline"),
          "display",
              Set.of("none", "block", "inline", "inline-block", "table", "table-cell", "table-row"),
          "font-style", Set.of("normal", "italic"),
          "text-decoration", Set.of("none", "underline", "line-through"),
          "text-transform", Set.of("none", "uppercase", "lowercase", "capitalize"),
          "white-space", Set.of("normal", "nowrap", "pre", "pre-line", "pre-wrap"),
          "border-collapse", Set.of("collapse", "separate"),
          "float", Set.of("left", "right", "none"));

  private static final Pattern BORDER = Pattern.compile("border(?:-(?:top|right|bottom|left))?+");
  private static final Set<String> BORDER_STYLES =
      Set.of("none", "hidden", "solid", "dashed", "dotted", "double");
  private static final Set<String> BORDER_WIDTHS = Set.of("thin", "medium", "thick");

  /** Lengths, and how many of them a value may hold. */
  private static final Map<String, Integer> LENGTHS =
      Map.ofEntries(
          Map.entry("width", 1),
          Map.entry("height", 1),
          Map.entry("max-width", 1),
          Map.entry("max-height", 1),
          Map.entry("min-width", 1),
          Map.entry("min-height", 1),
          Map.entry("font-size", 1),
          Map.entry("letter-spacing", 1),
          Map.entry("text-indent", 1),
          Map.entry("border-spacing", 2),
          Map.entry("border-radius", 4),
          Map.entry("padding", 4),
          Map.entry("padding-top", 1),
          Map.entry("padding-right", 1),
          Map.entry("padding-bottom", 1),
          Map.entry("padding-left", 1),
          Map.entry("margin", 4),
          Map.entry("margin-top", 1),
          Map.entry("margin-right", 1),
          Map.entry("margin-bottom", 1),
          Map.entry("margin-left", 1));

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
    if (lower.equals("inherit")) {
      return true;
    }
    if (KEYWORDS_OF.containsKey(property)) {
      return KEYWORDS_OF.get(property).contains(lower);
    }
    if (BORDER.matcher(property).matches()) {
      return isBorder(lower);
    }
    if (LENGTHS.containsKey(property)) {
      return lower.split("\\s++").length <= LENGTHS.get(property)
          && allOf(lower, word -> isLengthOf(property, word));
    }
    return allOf(
        withPlainFunctions(lower),
        word ->
            isLength(word)
                || COLOUR.matcher(word).matches()
                || KEYWORDS.contains(word)
                || NUMBERS.contains(property) && NUMBER.matcher(word).matches());
  }

  private static String withPlainFunctions(String value) {
    return value.replaceAll("rgb\\([^()]*+\\)", "#000000").replaceAll("url\\([^()]*+\\)", "none");
  }

  /** At most one width, one style and one colour, in any order. */
  private static boolean isBorder(String value) {
    int widths = 0;
    int styles = 0;
    int colours = 0;
    for (String word : withPlainFunctions(value).split("\\s++")) {
      if (BORDER_STYLES.contains(word)) {
        styles++;
      } else if (BORDER_WIDTHS.contains(word)
          || isLength(word) && !word.startsWith("-") && !word.endsWith("%")) {
        widths++;
      } else if (COLOUR.matcher(word).matches() && !word.equals("inherit")) {
        colours++;
      } else {
        return false;
      }
    }
    return widths <= 1 && styles <= 1 && colours <= 1;
  }

  private static boolean isLengthOf(String property, String word) {
    boolean margin = property.startsWith("margin");
    return switch (word) {
      case "auto" -> margin || property.equals("width") || property.equals("height");
      case "none" -> property.startsWith("max-");
      case "normal" -> property.equals("letter-spacing");
      default ->
          isLength(word)
              && (!word.startsWith("-")
                  || margin
                  || property.equals("letter-spacing")
                  || property.equals("text-indent"));
    };
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
