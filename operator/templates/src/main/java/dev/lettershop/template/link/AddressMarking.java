package dev.lettershop.template.link;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.value.UrlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jsoup.parser.Parser;

/** Puts marks around one address. */
final class AddressMarking {
  private final boolean html;
  private final Set<String> slots;
  private final ToIntFunction<TemplateLink> numbers;
  private final Consumer<Token> undecided;

  /**
   * @param html whether what the author wrote is escaped for HTML
   * @param slots those that are shown as they are written
   * @param numbers gives a link its number
   * @param undecided learns of a tag that decides about the host
   */
  AddressMarking(
      boolean html,
      Set<String> slots,
      ToIntFunction<TemplateLink> numbers,
      Consumer<Token> undecided) {
    this.html = html;
    this.slots = slots;
    this.numbers = numbers;
    this.undecided = undecided;
  }

  /**
   * The address with its marks; as it is when it does not lead to a page, or to one of the links
   * that every recipient has.
   */
  List<Token> mark(List<Token> address) {
    if (address.isEmpty() || usesLinks(address) || !isBalanced(address)) {
      return address;
    }
    Token first = address.get(0);
    if (first instanceof Token.Open) {
      return branches(address);
    }
    List<Token> rest = address.subList(1, address.size());
    if (first instanceof Token.Value value) {
      if (shownSlot(value) == null) {
        undecided.accept(first);
        return address;
      }
      return marked(address);
    }
    return first instanceof Token.Literal literal ? literal(literal, rest) : address;
  }

  private List<Token> literal(Token.Literal first, List<Token> rest) {
    String written = text(first).strip();
    if (WebAddress.isWeb(written) && WebAddress.of(written, rest.isEmpty()).isPresent()) {
      List<Token> stripped = new ArrayList<>(rest);
      stripped.add(
          0, new Token.Literal(first.text().stripLeading(), first.position(), first.moved()));
      return marked(stripped);
    }
    if (WebAddress.isWeb(written) && !rest.isEmpty()) {
      undecided.accept(rest.get(0));
    }
    List<Token> address = new ArrayList<>();
    address.add(first);
    address.addAll(rest);
    return address;
  }

  /** An address that is one of several, each whole. */
  private List<Token> branches(List<Token> address) {
    List<Token> marked = new ArrayList<>();
    List<Token> branch = new ArrayList<>();
    int depth = 0;
    for (Token token : address) {
      boolean closes = token instanceof Token.Close;
      if (depth == 0 && !(token instanceof Token.Open)) {
        if (token instanceof Token.Literal blank && blank.text().isBlank()) {
          continue;
        }
        undecided.accept(address.get(0));
        return address;
      }
      boolean border = depth == 1 && (closes || token instanceof Token.Middle);
      if (border || depth == 0) {
        marked.addAll(mark(List.copyOf(branch)));
        marked.add(token);
        branch.clear();
      } else {
        branch.add(token);
      }
      depth += token instanceof Token.Open ? 1 : closes ? -1 : 0;
    }
    return marked;
  }

  private List<Token> marked(List<Token> address) {
    List<String> pieces = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    List<Token> body = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int depth = 0;
    for (Token token : address) {
      boolean opens = token instanceof Token.Open;
      boolean closes = token instanceof Token.Close;
      depth -= closes ? 1 : 0;
      if (depth == 0 && token instanceof Token.Literal literal) {
        piece.append(text(literal));
        body.add(literal);
      } else if (depth == 0 && !closes) {
        pieces.add(take(piece));
        String slot = token instanceof Token.Value value ? shownSlot(value) : null;
        gaps.add(slot == null ? "" : slot);
        body.add(mark(slot == null ? LinkMarks.VALUE : LinkMarks.SLOT));
        body.add(token);
      } else {
        body.add(token);
      }
      if (depth == 0 && !opens && !(token instanceof Token.Literal)) {
        body.add(mark(LinkMarks.VALUE));
      }
      depth += opens ? 1 : 0;
    }
    pieces.add(take(piece));
    List<Token> marked = new ArrayList<>();
    marked.add(
        new Token.Literal(
            LinkMarks.LINK
                + Integer.toString(numbers.applyAsInt(link(pieces, gaps)))
                + LinkMarks.ADDRESS,
            address.get(0).position()));
    marked.addAll(body);
    marked.add(mark(LinkMarks.END));
    return marked;
  }

  private static TemplateLink link(List<String> pieces, List<String> gaps) {
    List<String> address = new ArrayList<>(pieces.stream().map(UrlText::escape).toList());
    if (!pieces.get(0).isEmpty()) {
      address.set(0, WebAddress.of(pieces.get(0), pieces.size() == 1).orElseThrow());
    }
    return new TemplateLink(address, gaps);
  }

  private static String take(StringBuilder piece) {
    String taken = piece.toString();
    piece.setLength(0);
    return taken;
  }

  private static Token.Literal mark(char mark) {
    return new Token.Literal(String.valueOf(mark), new Position(1, 1));
  }

  private String text(Token.Literal literal) {
    return html ? Parser.unescapeEntities(literal.text(), true) : literal.text();
  }

  private String shownSlot(Token.Value value) {
    String slot = slot(value);
    return slot != null && slots.contains(slot) ? slot : null;
  }

  /** The slot that a tag shows without changing it, or null. */
  static String slot(Token.Value value) {
    String prefix = Names.CONTENT + ".";
    boolean plain =
        value.uses().size() == 1
            && value.uses().get(0).path().startsWith(prefix)
            && value.code().strip().equals(value.uses().get(0).path());
    return plain ? value.code().strip().substring(prefix.length()) : null;
  }

  /** Whether it is, or holds, the link by which one unsubscribes, or its like. */
  private static boolean usesLinks(List<Token> address) {
    return address.stream()
        .flatMap(token -> token.uses().stream())
        .anyMatch(use -> use.path().startsWith(Names.LINKS + "."));
  }

  private static boolean isBalanced(List<Token> address) {
    int depth = 0;
    for (Token token : address) {
      depth += token instanceof Token.Open ? 1 : token instanceof Token.Close ? -1 : 0;
      if (depth < 0 || depth == 0 && token instanceof Token.Middle) {
        return false;
      }
    }
    return depth == 0;
  }
}
