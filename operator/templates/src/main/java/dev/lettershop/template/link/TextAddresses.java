package dev.lettershop.template.link;

import dev.lettershop.template.model.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds addresses of pages in running text. */
final class TextAddresses {
  private static final Pattern BEGINNING =
      Pattern.compile("(?<![\\p{L}\\p{N}])https?://", Pattern.CASE_INSENSITIVE);
  private static final Pattern TERMINATOR = Pattern.compile("[\\s<>\"\\u0000-\\u001F]");

  /** Belongs to the sentence when it ends an address. */
  private static final String PUNCTUATION = ".,;:!?)]}'*_";

  private final List<Token> text;
  private final Predicate<String> addressSlot;
  private final List<Part> parts = new ArrayList<>();
  private List<Token> running = new ArrayList<>();

  /** Tokens one after the other. */
  record Part(List<Token> tokens, boolean address) {}

  private TextAddresses(List<Token> text, Predicate<String> addressSlot) {
    this.text = text;
    this.addressSlot = addressSlot;
  }

  /**
   * All of a text, in parts.
   *
   * @param addressSlot whether a slot holds an address
   */
  static List<Part> of(List<Token> text, Predicate<String> addressSlot) {
    TextAddresses addresses = new TextAddresses(text, addressSlot);
    addresses.read();
    return addresses.parts;
  }

  private void read() {
    int i = 0;
    int offset = 0;
    while (i < text.size()) {
      Token token = text.get(i);
      int begin = beginning(token, offset);
      if (begin < 0) {
        running.add(offset == 0 ? token : rest(token, offset));
        i++;
        offset = 0;
        continue;
      }
      if (token instanceof Token.Literal literal && begin > offset) {
        running.add(piece(literal, offset, begin));
      }
      List<Token> address = new ArrayList<>();
      if (!(token instanceof Token.Literal)) {
        address.add(token);
        i++;
      }
      offset = begin;
      int[] end = address(i, offset, address);
      end(address, end);
      i = end[0];
      offset = end[1];
    }
    flush();
  }

  /** Where an address begins in a token; -1 for nowhere. */
  private int beginning(Token token, int offset) {
    if (token instanceof Token.Literal literal) {
      Matcher beginning = BEGINNING.matcher(literal.text());
      return beginning.find(Math.min(offset, literal.text().length())) ? beginning.start() : -1;
    }
    String slot = token instanceof Token.Value value ? AddressMarking.slot(value) : null;
    return slot != null && addressSlot.test(slot) ? 0 : -1;
  }

  /** Takes what belongs to an address; gives the place behind it. */
  private int[] address(int from, int fromOffset, List<Token> address) {
    int i = from;
    int offset = fromOffset;
    while (i < text.size()) {
      Token token = text.get(i);
      if (token instanceof Token.Literal literal) {
        Matcher terminator = TERMINATOR.matcher(literal.text());
        boolean ends = terminator.find(offset);
        int end = ends ? terminator.start() : literal.text().length();
        if (end > offset) {
          address.add(piece(literal, offset, end));
        }
        if (ends) {
          return new int[] {i, end};
        }
        i++;
      } else if (token instanceof Token.Value) {
        address.add(token);
        i++;
      } else {
        int close = token instanceof Token.Open ? closeOf(i) : -1;
        if (close < 0) {
          return new int[] {i, 0};
        }
        address.addAll(text.subList(i, close + 1));
        i = close + 1;
      }
      offset = 0;
    }
    return new int[] {i, 0};
  }

  /** The end of a block without anything that ends an address; -1 when there is such. */
  private int closeOf(int open) {
    int depth = 0;
    for (int i = open; i < text.size(); i++) {
      Token token = text.get(i);
      if (token instanceof Token.Literal literal && TERMINATOR.matcher(literal.text()).find()) {
        return -1;
      }
      depth += token instanceof Token.Open ? 1 : token instanceof Token.Close ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Gives punctuation at the end back to the sentence. */
  private void end(List<Token> address, int[] end) {
    flush();
    Token last = address.get(address.size() - 1);
    if (last instanceof Token.Literal literal) {
      String written = literal.text();
      int length = written.length();
      while (length > 0 && PUNCTUATION.indexOf(written.charAt(length - 1)) >= 0) {
        length--;
      }
      if (length < written.length()) {
        address.remove(address.size() - 1);
        if (length > 0) {
          address.add(piece(literal, 0, length));
        }
        running.add(piece(literal, length, written.length()));
      }
    }
    if (!address.isEmpty()) {
      parts.add(new Part(List.copyOf(address), true));
    }
  }

  private void flush() {
    if (!running.isEmpty()) {
      parts.add(new Part(List.copyOf(running), false));
      running = new ArrayList<>();
    }
  }

  private static Token rest(Token token, int offset) {
    Token.Literal literal = (Token.Literal) token;
    return piece(literal, offset, literal.text().length());
  }

  private static Token.Literal piece(Token.Literal literal, int from, int to) {
    return new Token.Literal(
        literal.text().substring(from, to), literal.position(), literal.moved());
  }
}
