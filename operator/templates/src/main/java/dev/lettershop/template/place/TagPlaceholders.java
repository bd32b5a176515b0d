package dev.lettershop.template.place;

import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.HtmlPlaces.Kind;
import dev.lettershop.template.place.HtmlPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries the tags of a template through an HTML parser. Between elements a tag becomes a comment,
 * which the parser leaves where it is, even between the rows of a table; in an attribute's value it
 * becomes a mark in private-use characters; anywhere else it is left out.
 */
public final class TagPlaceholders {
  private static final char BEGIN = '\uE000';
  private static final char END = '\uE001';
  private static final Pattern MARK = Pattern.compile(BEGIN + "(\\d+)" + END);

  private final List<Token> tokens;

  public TagPlaceholders(List<Token> tokens) {
    this.tokens = tokens;
  }

  public String html(HtmlPlaces places) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i) instanceof Token.Literal literal) {
        html.append(withoutMarks(literal.text()));
      } else {
        Place place = places.places().get(i);
        if (place.conditional()) {
          // A parser sees a comment here, and nothing of what is inside.
          continue;
        }
        if (place.kind() == Kind.Content) {
          html.append("<!--").append(BEGIN).append(i).append(END).append("-->");
        } else if (place.kind() == Kind.QuotedValue || place.kind() == Kind.UnquotedValue) {
          html.append(BEGIN).append(i).append(END);
        }
      }
    }
    return html.toString();
  }

  private static String withoutMarks(String text) {
    return text.replace(String.valueOf(BEGIN), "").replace(String.valueOf(END), "");
  }

  /** Index of the tag that a comment stands for, or -1 when the author wrote the comment. */
  public int tagOf(String comment) {
    Matcher mark = MARK.matcher(comment);
    return mark.matches() ? Integer.parseInt(mark.group(1)) : -1;
  }

  public Token token(int index) {
    return tokens.get(index);
  }

  /** An attribute's value, or other text that may hold marks, as tokens. */
  public List<Token> restore(String value) {
    List<Token> restored = new ArrayList<>();
    Matcher mark = MARK.matcher(value);
    int from = 0;
    while (mark.find()) {
      if (mark.start() > from) {
        restored.add(new Token.Literal(value.substring(from, mark.start()), null));
      }
      restored.add(tokens.get(Integer.parseInt(mark.group(1))));
      from = mark.end();
    }
    if (from < value.length()) {
      restored.add(new Token.Literal(value.substring(from), null));
    }
    return restored;
  }
}
