package dev.lettershop.template.mustache;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.TextPositions;
import dev.lettershop.template.model.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a Mustache source into tokens and finds every syntax error in it, each at its tag. Reads
 * the language of the Mustache manual without what a mail template must not have: changed
 * delimiters, inheritance, dynamic names, pragmas.
 */
public final class MustacheScanner {

  private static final Pattern NAME =
      Pattern.compile("\\.|[A-Za-z_][A-Za-z0-9_-]*+(\\.[A-Za-z0-9_][A-Za-z0-9_-]*+)*+");
  private static final Pattern HANDLEBARS_BLOCK =
      Pattern.compile("(if|unless|each|with)\\s+(\\S+).*");

  private final String source;
  private final TextPositions positions;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private MustacheScanner(String source) {
    this.source = source;
    this.positions = new TextPositions(source);
  }

  public static Scan scan(String source) {
    MustacheScanner scanner = new MustacheScanner(source);
    scanner.split();
    return new SectionBalance(scanner.problems).balance(scanner.tokens);
  }

  private void split() {
    int from = 0;
    while (from < source.length()) {
      int open = source.indexOf("{{", from);
      if (open < 0) {
        break;
      }
      literal(from, open);
      from = tag(open);
    }
    literal(from, source.length());
  }

  private void literal(int from, int to) {
    if (from >= to) {
      return;
    }
    String text = source.substring(from, to);
    tokens.add(new Token.Literal(text, positions.at(from)));
  }

  /** Reads the tag that begins at {@code open}; gives the offset after it. */
  private int tag(int open) {
    Position position = positions.at(open);
    int start = open + 2;
    char sigil = start < source.length() ? source.charAt(start) : ' ';
    String closing = sigil == '{' ? "}}}" : "}}";
    int close = source.indexOf(closing, start);
    int next = source.indexOf("{{", sigil == '{' ? start + 1 : start);
    boolean comment = sigil == '!';
    if (close < 0 || !comment && next >= 0 && next < close) {
      String missing = "tag is not closed";
      problems.add(Problem.error(position, missing, "end it with " + closing));
      return next < 0 ? source.length() : Math.max(next, start);
    }
    String inside = source.substring(start, close);
    int end = close + closing.length();
    if (sigil == '{' && inside.contains("}}")) {
      problems.add(
          Problem.error(
              position, "a tag that begins with {{{ must end with }}}", "end it with }}}"));
      return source.indexOf("}}", start) + 2;
    }
    if (comment) {
      return afterComment(open, end);
    }
    tag(sigil, inside, position);
    return end;
  }

  /** A comment alone on its line goes with the line (Mustache specification, comments). */
  private int afterComment(int open, int end) {
    int lineStart = open;
    while (lineStart > 0 && isBlank(source.charAt(lineStart - 1))) {
      lineStart--;
    }
    int lineEnd = end;
    while (lineEnd < source.length() && isBlank(source.charAt(lineEnd))) {
      lineEnd++;
    }
    boolean begins = lineStart == 0 || source.charAt(lineStart - 1) == '\n';
    boolean ends = lineEnd == source.length() || "\r\n".indexOf(source.charAt(lineEnd)) >= 0;
    if (!begins || !ends) {
      return end;
    }
    int last = tokens.size() - 1;
    if (lineStart < open && tokens.get(last) instanceof Token.Literal indented) {
      String before = indented.text().substring(0, indented.text().length() - (open - lineStart));
      tokens.set(last, new Token.Literal(before, indented.position()));
    }
    boolean pair = source.startsWith("\r\n", lineEnd);
    return Math.min(source.length(), lineEnd + (pair ? 2 : 1));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private void tag(char sigil, String inside, Position position) {
    switch (sigil) {
      case '#', '^', '/', '>', '&', '{' -> named(sigil, inside.substring(1).strip(), position);
      case '=' -> unsupported(position, "cannot change the delimiters", "use {{ and }}");
      case '%' -> unsupported(position, "have no pragmas", "remove the tag");
      case '<', '$' -> unsupported(position, "have no inheritance", "use a partial: {{>name}}");
      default -> named(' ', inside.strip(), position);
    }
  }

  private void unsupported(Position position, String what, String fix) {
    problems.add(Problem.error(position, "mail templates " + what, fix));
  }

  private void named(char sigil, String name, Position position) {
    if (name.isEmpty()) {
      problems.add(Problem.error(position, "tag without a name", "write {{profile.<attribute>}}"));
      return;
    }
    boolean valid = NAME.matcher(name).matches();
    if (!valid) {
      invalid(sigil, name, position);
    }
    switch (sigil) {
      case '#', '^' ->
          // Kept although invalid: its closing tag would otherwise be reported too.
          tokens.add(open(sigil, valid ? name : firstWord(name), position));
      case '/' -> tokens.add(new Token.Close(valid ? name : firstWord(name), position));
      case '>' -> ifValid(valid, new Token.Partial(name, position));
      case '&', '{' -> ifValid(valid, new Token.Value(name, Token.Form.Unescaped, position));
      default ->
          ifValid(
              valid && !name.equals("else"), new Token.Value(name, Token.Form.Escaped, position));
    }
    if (name.equals("else")) {
      problems.add(
          Problem.error(position, "Mustache has no {{else}}", "write {{^name}}…{{/name}}"));
    }
  }

  private static Token.Open open(char sigil, String name, Position position) {
    return new Token.Open(name, sigil + name, List.of(), position);
  }

  private void ifValid(boolean valid, Token token) {
    if (valid) {
      tokens.add(token);
    }
  }

  private static String firstWord(String name) {
    return SectionBalance.INVALID + name.split("\\s", 2)[0];
  }

  private void invalid(char sigil, String name, Position position) {
    Matcher block = HANDLEBARS_BLOCK.matcher(name);
    if (block.matches() && sigil == '#') {
      String mark = block.group(1).equals("unless") ? "^" : "#";
      String of = block.group(2);
      problems.add(
          Problem.error(
              position,
              "Mustache has no {{#" + block.group(1) + "}}",
              "write {{" + mark + of + "}}…{{/" + of + "}}, or set spec.engine: Handlebars"));
    } else if (name.contains("|")) {
      problems.add(
          Problem.error(
              position,
              "Mustache has no filters",
              "write {{"
                  + name.substring(0, name.indexOf('|')).strip()
                  + "}}, or set spec.engine: Liquid"));
    } else {
      problems.add(
          Problem.error(
              position,
              "\"" + name + "\" is not a name",
              "a name is made of letters, digits, _ and -, with dots between its parts"));
    }
  }
}
