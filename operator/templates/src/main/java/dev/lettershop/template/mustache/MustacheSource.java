package dev.lettershop.template.mustache;

import dev.lettershop.template.model.Token;
import java.util.List;

/**
 * Writes tokens as the source that the engine reads: default delimiters, full names, nothing but
 * text, values and sections.
 */
public final class MustacheSource {
  private final StringBuilder out = new StringBuilder();
  private final boolean html;
  private final MustacheTags tags = new MustacheTags(this::value);

  private MustacheSource(boolean html) {
    this.html = html;
  }

  /**
   * @param tokens without partials
   * @param html whether the result is rendered with escaping; without it, every tag is written in
   *     the plain form
   */
  public static String of(List<Token> tokens, boolean html) {
    MustacheSource source = new MustacheSource(html);
    for (Token token : tokens) {
      source.write(token);
    }
    return source.out.toString();
  }

  private void write(Token token) {
    if (token instanceof Token.Literal literal) {
      literal(literal.text());
    } else {
      tag(token.accept(tags));
    }
  }

  private String value(Token.Value value) {
    return sigil(value) + value.code() + "}}";
  }

  private String sigil(Token.Value value) {
    return switch (value.form()) {
      case Escaped -> "{{";
      case Unescaped -> html ? "{{&" : "{{";
      default -> "{{" + MapsOnly.prefix(value.form());
    };
  }

  private void tag(String tag) {
    separateBraces();
    out.append(tag);
  }

  /** Text must never read as a tag, whatever it was put together from. */
  private void literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        separateBraces();
      }
      out.append(text.charAt(i));
    }
  }

  private void separateBraces() {
    int last = out.length() - 1;
    if (last < 0 || out.charAt(last) != '{') {
      return;
    }
    if (html) {
      out.setLength(last);
      out.append("&#123;");
    } else {
      out.append(' ');
    }
  }
}
