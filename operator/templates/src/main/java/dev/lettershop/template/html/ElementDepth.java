package dev.lettershop.template.html;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts how deep elements are nested, before anything that would recurse reads them. */
final class ElementDepth {
  private static final Pattern TAG =
      Pattern.compile(
          "<!--.*?(?:-->|$(?!\\n))|<(/?+)([a-zA-Z][a-zA-Z0-9:-]*+)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>",
          Pattern.DOTALL);

  /** Elements that hold nothing, or that HTML closes by itself. */
  private static final Set<String> NOT_COUNTED =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
          "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option", "html",
          "head", "body");

  private ElementDepth() {}

  /** The offset of the first start tag that is deeper than {@code most}, or -1. */
  static int beyond(String html, int most) {
    int depth = 0;
    Matcher tag = TAG.matcher(html);
    while (tag.find()) {
      String name = tag.group(2) == null ? "br" : tag.group(2).toLowerCase(Locale.ROOT);
      if (NOT_COUNTED.contains(name) || tag.group().endsWith("/>")) {
        continue;
      }
      depth = tag.group(1).isEmpty() ? depth + 1 : Math.max(0, depth - 1);
      if (depth > most) {
        return tag.start();
      }
    }
    return -1;
  }
}
