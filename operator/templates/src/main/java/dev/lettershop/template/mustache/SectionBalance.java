package dev.lettershop.template.mustache;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reports sections that are never closed, never opened or interlocked, and leaves a balanced list
 * of tokens, so that what comes after can rely on it.
 */
final class SectionBalance {
  /** Begins the name of a section tag that was found invalid already. */
  static final String INVALID = "!";

  /** Far more than mail needs, far less than the stack holds. */
  private static final int MAX_DEPTH = 32;

  private final List<Problem> problems;
  private final List<Token> balanced = new ArrayList<>();
  private final Deque<Token.Open> open = new ArrayDeque<>();

  SectionBalance(List<Problem> problems) {
    this.problems = problems;
  }

  Scan balance(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token instanceof Token.Open section) {
        open(section);
      } else if (token instanceof Token.Close end) {
        close(end, tokens.subList(i + 1, tokens.size()));
      } else {
        balanced.add(token);
      }
    }
    while (!open.isEmpty()) {
      unclosed(open.pop());
    }
    return new Scan(List.copyOf(balanced), List.copyOf(problems));
  }

  private void open(Token.Open section) {
    open.push(section);
    if (open.size() == MAX_DEPTH + 1) {
      problems.add(
          Problem.error(
              section.position(),
              "sections are nested more than " + MAX_DEPTH + " deep",
              "close the outer sections first"));
    }
    add(section.block(), section);
  }

  private void close(Token.Close end, List<Token> rest) {
    if (open.stream().noneMatch(section -> matches(section, end))) {
      if (!end.block().startsWith(INVALID)) {
        problems.add(unopened(end));
      }
      if (!open.isEmpty() && !closes(rest, open.peek())) {
        // Most likely meant for the innermost section, which would else be reported as well.
        Token.Open section = open.pop();
        add(section.block(), new Token.Close(section.block(), end.position()));
      }
      return;
    }
    while (!matches(open.peek(), end)) {
      unclosed(open.pop());
    }
    Token.Open section = open.pop();
    add(section.block(), end);
  }

  private Problem unopened(Token.Close end) {
    if (open.isEmpty()) {
      return Problem.error(
          end.position(),
          "{{/" + end.block() + "}} closes a section that was not opened",
          "open it before with {{#" + end.block() + "}}, or remove the tag");
    }
    Token.Open innermost = open.peek();
    return Problem.error(
        end.position(),
        "{{/" + end.block() + "}} does not close " + tag(innermost) + " of " + innermost.position(),
        "write {{/" + plain(innermost.block()) + "}}");
  }

  private static boolean closes(List<Token> tokens, Token.Open section) {
    return tokens.stream().anyMatch(t -> t instanceof Token.Close end && matches(section, end));
  }

  private static boolean matches(Token.Open section, Token.Close end) {
    // {{#if x}}…{{/if}} was reported at its beginning.
    return plain(section.block()).equals(plain(end.block()));
  }

  private void unclosed(Token.Open section) {
    if (!section.block().startsWith(INVALID)) {
      problems.add(
          Problem.error(
              section.position(),
              "section " + tag(section) + " is not closed",
              "close it with {{/" + section.block() + "}}"));
    }
    add(section.block(), new Token.Close(section.block(), section.position()));
  }

  private void add(String section, Token token) {
    if (!section.startsWith(INVALID)) {
      balanced.add(token);
    }
  }

  private static String tag(Token.Open section) {
    return "{{" + (section.isInverted() ? "^" : "#") + plain(section.block()) + "}}";
  }

  private static String plain(String name) {
    return name.startsWith(INVALID) ? name.substring(INVALID.length()) : name;
  }
}
