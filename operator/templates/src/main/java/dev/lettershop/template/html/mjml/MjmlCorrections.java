package dev.lettershop.template.html.mjml;

import dev.lettershop.template.html.css.Marks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes what mjml4j lays out equal to what MJML does, where the two differ: widths and background
 * of groups, heroes with padding at their sides, and ids, which mjml4j draws at random. Each
 * correction is held to MJML by a test.
 */
final class MjmlCorrections {
  private static final Pattern RANDOM_ID =
      Pattern.compile("(?:id=\"|for=\"|mj-carousel-)([0-9a-f]{16})(?=[\"-])");
  private static final Pattern GROUP =
      Pattern.compile(
          "(<div\\s++class=\"mj-column-(?:per-([0-9-]++))?+[^\"]*+\"\\s++style=\"font-size:0;line-height:0;[^\"]*+)\"([^>]*+>\\s*+"
              + "<!--\\[if mso \\| IE\\]>\\s*+<table)\\b");

  /** The width of what Outlook puts around a group or a column. */
  private static final Pattern CELL = Pattern.compile("(<td\\b[^>]*?width:)([0-9.]++)(px;[^>]*+>)");

  private static final Pattern COLUMN_IN_GROUP =
      Pattern.compile(
          "(<td\\s++style=\"vertical-align:[a-z]++;width:)[0-9.]++(px;\"\\s*+>\\s*+<!\\[endif\\]-->\\s*+"
              + "<div\\s++class=\"mj-column-per-)([0-9-]++)");
  private static final Pattern PIXELS_IN_GROUP =
      Pattern.compile(
          "(<td\\s++style=\"vertical-align:[a-z]++;width:[0-9.]++px;\"\\s*+>\\s*+<!\\[endif\\]-->\\s*+"
              + "<div\\s++class=\"mj-column-px-([0-9]++)[^\"]*+\"\\s*+style=\"[^\"]*?\\bwidth:)[0-9.]++%");

  /** A share that columns of a group have without a width; MJML cuts it off on narrow screens. */
  private static final Pattern WHOLE_PERCENT =
      Pattern.compile(
          "(class=\"mj-column-per-[0-9-]++ mj-outlook-group-fix\"\\s++style=\"[^\"]*?\\bwidth:[0-9]{1,2}+)"
              + "\\.[0-9]{10,}+%;");

  private static final Pattern HERO =
      Pattern.compile("<div\\s++style=\"margin:0 auto;max-width:([0-9]++)px;\"");
  private static final Pattern HERO_CELL =
      Pattern.compile("<td\\b[^>]*?\\bstyle=\"background:[^\"]*+\"");
  private static final Pattern PADDING = Pattern.compile("padding:([^;\"]++);");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private MjmlCorrections() {}

  static String corrected(String html, List<MjmlTag> tags) {
    MjmlAttributes attributes = new MjmlAttributes(tags);
    String shared = WHOLE_PERCENT.matcher(withFixedIds(html)).replaceAll("$1%;");
    return heroes(groups(shared, attributes), attributes);
  }

  /** Ids by their order, so that the same MJML always gives the same HTML. */
  private static String withFixedIds(String html) {
    Map<String, String> ids = new LinkedHashMap<>();
    Matcher id = RANDOM_ID.matcher(html);
    while (id.find()) {
      ids.putIfAbsent(id.group(1), "mj" + (ids.size() + 1));
    }
    String fixed = html;
    for (Map.Entry<String, String> entry : ids.entrySet()) {
      fixed = fixed.replace(entry.getKey(), entry.getValue());
    }
    return fixed;
  }

  private static String groups(String html, MjmlAttributes attributes) {
    List<MjmlTag> groups = attributes.named("mj-group");
    StringBuilder corrected = new StringBuilder(html.length() + 64);
    Matcher group = GROUP.matcher(html);
    int from = 0;
    BigDecimal width = null;
    for (int i = 0; i < groups.size() && group.find(); i++) {
      String before = columns(html.substring(from, group.start()), width);
      Matcher cell = CELL.matcher(before);
      width = null;
      if (cell.find(Math.max(0, before.lastIndexOf("<td")))) {
        width = wholeWidth(new BigDecimal(cell.group(2)), group.group(2));
        before =
            before.substring(0, cell.end(1))
                + width.toPlainString()
                + before.substring(cell.start(3));
      }
      corrected.append(before);
      String colour = attributes.of(groups.get(i), "background-color");
      boolean coloured = colour != null && !Marks.in(colour) && !colour.isBlank();
      corrected
          .append(group.group(1))
          .append(coloured ? "background-color:" + colour + ";" : "")
          .append('"')
          .append(group.group(3))
          .append(coloured ? " bgcolor=\"" + colour + "\"" : "");
      from = group.end();
    }
    return corrected.append(columns(html.substring(from), width)).toString();
  }

  /**
   * mjml4j takes a group's share of its section twice.
   *
   * @param percent of a class, as in {@code 33-333}; null for a group with a width in pixels
   */
  private static BigDecimal wholeWidth(BigDecimal written, String percent) {
    return percent == null
        ? written
        : plain(written.multiply(HUNDRED).divide(number(percent), 3, RoundingMode.HALF_UP));
  }

  private static BigDecimal number(String percent) {
    return new BigDecimal(percent.replace('-', '.'));
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.stripTrailingZeros();
  }

  private static String columns(String html, BigDecimal groupWidth) {
    if (groupWidth == null) {
      return html;
    }
    String shares =
        COLUMN_IN_GROUP
            .matcher(html)
            .replaceAll(
                column -> {
                  String width =
                      groupWidth
                          .multiply(number(column.group(3)))
                          .divide(HUNDRED, 0, RoundingMode.DOWN)
                          .toPlainString();
                  return Matcher.quoteReplacement(
                      column.group(1) + width + column.group(2) + column.group(3));
                });
    return PIXELS_IN_GROUP
        .matcher(shares)
        .replaceAll(
            column -> {
              BigDecimal share =
                  new BigDecimal(column.group(2))
                      .multiply(HUNDRED)
                      .divide(groupWidth, 6, RoundingMode.HALF_UP);
              return Matcher.quoteReplacement(column.group(1) + plain(share).toPlainString() + "%");
            });
  }

  /** MJML counts the padding of a hero into its width, mjml4j takes it off. */
  private static String heroes(String html, MjmlAttributes attributes) {
    List<MjmlTag> heroes = attributes.named("mj-hero");
    StringBuilder corrected = new StringBuilder(html);
    int from = 0;
    for (MjmlTag tag : heroes) {
      Matcher hero = HERO.matcher(corrected);
      Matcher cell = HERO_CELL.matcher(corrected);
      if (!hero.find(from) || !cell.find(hero.end())) {
        break;
      }
      int content = corrected.indexOf("mj-hero-content", cell.end());
      int begin = corrected.lastIndexOf("<!--[if mso | IE]>", hero.start());
      from = content;
      if (content < 0 || begin < 0) {
        break;
      }
      String part = corrected.substring(begin, content);
      int narrow = Integer.parseInt(hero.group(1));
      int sides = sides(cell.group());
      if (sides > 0) {
        part =
            part.replace("width:" + narrow + "px", "width:" + (narrow + sides) + "px")
                .replace("width=\"" + narrow + "\"", "width=\"" + (narrow + sides) + "\"");
      }
      String radius = attributes.of(tag, "border-radius");
      if (radius != null && !Marks.in(radius) && !part.contains("border-radius:")) {
        part =
            part.replaceFirst(
                "(?=padding:[^;\"]*+;)", Matcher.quoteReplacement("border-radius:" + radius + ";"));
      }
      corrected.replace(begin, content, part);
      from = begin + part.length();
    }
    return corrected.toString();
  }

  /** Padding at left and right in pixels. */
  private static int sides(String cell) {
    Matcher padding = PADDING.matcher(cell);
    if (!padding.find()) {
      return 0;
    }
    String[] all = padding.group(1).strip().split("\\s++");
    int right = pixels(all[all.length == 1 ? 0 : 1]);
    int left = all.length == 4 ? pixels(all[3]) : right;
    return left
        + right
        + pixels(property(cell, "padding-left"))
        + pixels(property(cell, "padding-right"));
  }

  private static String property(String cell, String name) {
    Matcher value = Pattern.compile(name + ":([^;\"]++);").matcher(cell);
    return value.find() ? value.group(1) : "";
  }

  private static int pixels(String length) {
    return length.matches("\\d{1,4}(px)?+") ? Integer.parseInt(length.replace("px", "")) : 0;
  }
}
