package dev.lettershop.template.place;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.value.HtmlEscape;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the preheader at the beginning of the HTML body: the line that mail clients show beside the
 * subject, in a block that they do not display.
 */
public final class Preheader {
  private static final String BEFORE =
      "<div style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;"
          + "font-size:1px;line-height:1px;mso-hide:all\">";

  /** Fills the line up, so that clients do not go on with what the body begins with. */
  private static final String FILL = "&#847;&zwnj;&nbsp;".repeat(60);

  private static final String AFTER = FILL + "</div>";

  private Preheader() {}

  /**
   * @param preheader plain text with the tags of the template; its literal text is escaped here
   * @param places of {@code html}
   */
  public static List<Token> insert(List<Token> preheader, List<Token> html, HtmlPlaces places) {
    List<Token> block = new ArrayList<>();
    Position start = new Position(1, 1);
    block.add(new Token.Literal(BEFORE, start));
    for (Token token : preheader) {
      block.add(
          token instanceof Token.Literal literal
              ? new Token.Literal(HtmlEscape.of(literal.text()), literal.position())
              : token);
    }
    block.add(new Token.Literal(AFTER, start));

    List<Token> inserted = new ArrayList<>(html);
    HtmlPlaces.Offset body = places.bodyStart();
    if (body == null) {
      inserted.addAll(0, block);
      return inserted;
    }
    Token.Literal split = (Token.Literal) html.get(body.token());
    inserted.set(
        body.token(),
        new Token.Literal(split.text().substring(0, body.offset()), split.position()));
    inserted.addAll(body.token() + 1, block);
    inserted.add(
        body.token() + 1 + block.size(),
        new Token.Literal(split.text().substring(body.offset()), split.position()));
    return inserted;
  }
}
