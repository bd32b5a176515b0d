package dev.lettershop.template.html.inline;

import java.util.Locale;
import java.util.Set;

/**
 * Tells HTML's text from its tags, comments and raw text, going once through a source (WHATWG HTML
 * §13.2.5, as far as that takes).
 */
final class Markup {
  enum Place {
    Content,
    Comment,
    RawText,
    /** In a tag, but not in a value between quotes. */
    Tag,
    Value
  }

  private static final Set<String> RAW =
      Set.of("style", "script", "title", "textarea", "xmp", "mj-style", "mj-title", "mj-preview");

  private final String source;
  private int at;
  private Place place = Place.Content;
  private char quote;
  private boolean valueNext;
  private String rawElement = "";
  private String element = "";

  Markup(String source) {
    this.source = source;
  }

  /** The place at {@code offset}, which must not be before that of an earlier call. */
  Place at(int offset) {
    while (at < offset) {
      step();
    }
    return place;
  }

  /** Goes on behind a template's tag, which is not HTML. */
  void skipTo(int offset) {
    at = offset;
  }

  private void step() {
    char c = source.charAt(at);
    switch (place) {
      case Content -> content(c);
      case Comment -> {
        if (source.startsWith("-->", at)) {
          place = Place.Content;
          at += 3;
        } else {
          at++;
        }
      }
      case RawText -> {
        if (c == '<'
            && source.regionMatches(true, at, "</" + rawElement, 0, rawElement.length() + 2)) {
          open(at + 2);
        } else {
          at++;
        }
      }
      case Value -> {
        if (c == quote) {
          place = Place.Tag;
        }
        at++;
      }
      case Tag -> tag(c);
      default -> throw new IllegalStateException("no such place: " + place);
    }
  }

  private void content(char c) {
    if (c != '<') {
      at++;
    } else if (source.startsWith("<!--", at)) {
      place = Place.Comment;
      at += 4;
    } else if (at + 1 < source.length() && "/!?".indexOf(source.charAt(at + 1)) >= 0
        || at + 1 < source.length() && Character.isLetter(source.charAt(at + 1))) {
      open(at + 1);
    } else {
      at++;
    }
  }

  private void open(int nameAt) {
    int end = nameAt;
    while (end < source.length() && isNamePart(source.charAt(end))) {
      end++;
    }
    element = source.substring(nameAt, end).toLowerCase(Locale.ROOT);
    place = Place.Tag;
    valueNext = false;
    at = Math.max(end, nameAt);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == ':';
  }

  private void tag(char c) {
    if (c == '>') {
      place = RAW.contains(element) && !endsItself() ? Place.RawText : Place.Content;
      rawElement = element;
      valueNext = false;
    } else if ((c == '"' || c == '\'') && valueNext) {
      quote = c;
      place = Place.Value;
      valueNext = false;
    } else if (c == '=') {
      valueNext = true;
    } else if (!Character.isWhitespace(c)) {
      valueNext = false;
    }
    at++;
  }

  /** Raw text ends with an end tag, whose name is the same as the element's. */
  private boolean endsItself() {
    int open = source.lastIndexOf('<', at);
    return open >= 0 && source.startsWith("</", open) || source.charAt(at - 1) == '/';
  }
}
