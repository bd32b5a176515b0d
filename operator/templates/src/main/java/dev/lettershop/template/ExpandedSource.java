package dev.lettershop.template;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.model.TextPositions;
import dev.lettershop.template.model.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * A body as one text, with its partials in place and every name in full, that knows where its parts
 * came from.
 */
final class ExpandedSource {
  private record Piece(int offset, Token token) {}

  private final String text;
  private final List<Piece> pieces;
  private final Language language;

  private ExpandedSource(String text, List<Piece> pieces, Language language) {
    this.text = text;
    this.pieces = pieces;
    this.language = language;
  }

  /**
   * @param html whether a brace can be written as a character reference
   */
  static ExpandedSource of(List<Token> tokens, Language language, boolean html) {
    StringBuilder text = new StringBuilder();
    List<Piece> pieces = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      String piece =
          token instanceof Token.Literal literal
              ? language.expandedText(literal.text())
              : language.expanded(token);
      separate(text, piece, html);
      pieces.add(new Piece(text.length(), token));
      text.append(piece);
    }
    return new ExpandedSource(text.toString(), pieces, language);
  }

  /** Where two pieces meet, they must not read as the beginning of a tag. */
  private static void separate(StringBuilder text, String next, boolean html) {
    int last = text.length() - 1;
    boolean meet =
        last >= 0
            && text.charAt(last) == '{'
            && !next.isEmpty()
            && (next.charAt(0) == '{' || next.charAt(0) == '%');
    if (meet && html) {
      text.setLength(last);
      text.append("&#123;");
    } else if (meet) {
      text.append(' ');
    }
  }

  String text() {
    return text;
  }

  /**
   * Where the author wrote what stands at a place of {@link #text()}.
   *
   * @param expanded may be null
   */
  Position author(Position expanded) {
    if (expanded == null || pieces.isEmpty()) {
      return null;
    }
    int offset = new TextPositions(text).offset(expanded);
    Piece piece = pieces.get(0);
    for (Piece next : pieces) {
      if (next.offset() > offset) {
        break;
      }
      piece = next;
    }
    Token token = piece.token();
    if (!(token instanceof Token.Literal literal) || literal.moved()) {
      return token.position();
    }
    Position inside = new TextPositions(literal.text()).at(offset - piece.offset());
    Position start = literal.position();
    return inside.line() == 1
        ? new Position(start.line(), start.column() + inside.column() - 1)
        : new Position(start.line() + inside.line() - 1, inside.column());
  }

  /** Where the author wrote a tag that was read from what became of {@link #text()}; or null. */
  Position author(Token tag) {
    String written = language.expanded(tag);
    return pieces.stream()
        .map(Piece::token)
        .filter(t -> !(t instanceof Token.Literal) && language.expanded(t).equals(written))
        .map(Token::position)
        .findFirst()
        .orElse(null);
  }
}
