package dev.lettershop.template.handlebars;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns of dates as moment.js and SendGrid write them. */
final class MomentPattern {
  private static final Pattern PIECE =
      Pattern.compile("\\[(?<text>[^\\]]*+)\\]|(?<word>([A-Za-z])\\3*+)|(?<other>[^A-Za-z\\[]+)");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("YYYY", "%Y"),
          Map.entry("yyyy", "%Y"),
          Map.entry("YY", "%y"),
          Map.entry("MMMM", "%B"),
          Map.entry("MMM", "%b"),
          Map.entry("MM", "%m"),
          Map.entry("M", "%-m"),
          Map.entry("DD", "%d"),
          Map.entry("D", "%-d"),
          Map.entry("dddd", "%A"),
          Map.entry("ddd", "%a"),
          Map.entry("HH", "%H"),
          Map.entry("H", "%-H"),
          Map.entry("hh", "%I"),
          Map.entry("h", "%-I"),
          Map.entry("mm", "%M"),
          Map.entry("ss", "%S"),
          Map.entry("A", "%p"),
          Map.entry("a", "%P"));

  private MomentPattern() {}

  /** The same for {@code strftime}; null when it has something that is not there. */
  static String asStrftime(String pattern) {
    StringBuilder out = new StringBuilder();
    Matcher piece = PIECE.matcher(pattern);
    int from = 0;
    while (from < pattern.length()) {
      if (!piece.find(from) || piece.start() != from) {
        return null;
      }
      String word = piece.group("word");
      String written =
          word == null
              ? (piece.group("text") == null ? piece.group("other") : piece.group("text"))
                  .replace("%", "%%")
              : WORDS.get(word);
      if (written == null) {
        return null;
      }
      out.append(written);
      from = piece.end();
    }
    return out.toString();
  }
}
