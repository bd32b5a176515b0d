package dev.lettershop.template.html.mjml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A start or end tag of MJML in a source.
 *
 * @param name in lower case
 * @param end offset behind it
 */
record MjmlTag(
    String name, boolean closing, boolean empty, int start, int end, List<Attribute> attributes) {

  /**
   * @param start offset of the name
   */
  record Attribute(String name, String value, int start) {}

  private static final Pattern NAME =
      Pattern.compile("</?(mj[a-z-]*+)(?=[\\s/>])", Pattern.CASE_INSENSITIVE);
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s=/>\"']++)(?:\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s>]++)))?+");

  /** An attribute's value, or {@code otherwise}. */
  String attribute(String wanted, String otherwise) {
    for (Attribute attribute : attributes) {
      if (attribute.name().equals(wanted)) {
        return attribute.value();
      }
    }
    return otherwise;
  }

  /** All tags of MJML, in order; comments are passed over. */
  static List<MjmlTag> all(String source) {
    List<MjmlTag> tags = new ArrayList<>();
    int at = 0;
    while (at >= 0 && at < source.length()) {
      int open = source.indexOf('<', at);
      if (open < 0) {
        break;
      }
      if (source.startsWith("<!--", open)) {
        int close = source.indexOf("-->", open);
        at = close < 0 ? source.length() : close + 3;
        continue;
      }
      Matcher name = NAME.matcher(source).region(open, source.length());
      if (name.lookingAt()) {
        int end = end(source, name.end());
        tags.add(tag(source, open, name.end(), end, name.group(1)));
        at = end;
      } else {
        at = open + 1;
      }
    }
    return tags;
  }

  /** Behind the {@code >} that ends a tag, which is not one between quotes. */
  private static int end(String source, int from) {
    char quote = 0;
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return source.length();
  }

  private static MjmlTag tag(String source, int start, int nameEnd, int end, String name) {
    List<Attribute> attributes = new ArrayList<>();
    boolean empty = end >= 2 && source.charAt(end - 2) == '/';
    Matcher attribute = ATTRIBUTE.matcher(source).region(nameEnd, Math.max(nameEnd, end - 1));
    while (attribute.find()) {
      String value = attribute.group(2) != null ? attribute.group(2) : attribute.group(3);
      value = value != null ? value : attribute.group(4);
      attributes.add(
          new Attribute(attribute.group(1), value == null ? "" : value, attribute.start()));
    }
    boolean closing = source.startsWith("</", start);
    return new MjmlTag(
        name.toLowerCase(Locale.ROOT), closing, empty, start, end, List.copyOf(attributes));
  }
}
