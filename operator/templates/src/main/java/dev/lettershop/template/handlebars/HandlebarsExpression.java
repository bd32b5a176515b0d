package dev.lettershop.template.handlebars;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands inside a tag of Handlebars, taken apart: paths, literals and calls of helpers. */
final class HandlebarsExpression {

  /** A part of an expression. */
  sealed interface Part {}

  /**
   * A name.
   *
   * @param up how many contexts outwards
   * @param names without the leading {@code this}; empty for the context itself
   * @param explicit whether it says {@code this}, {@code ./} or {@code ../}
   */
  record Path(String source, int up, List<String> names, boolean explicit) implements Part {}

  /** A text, number, or truth value, as written. */
  record Literal(String source) implements Part {}

  /** A helper with what it is given. */
  record Call(String helper, List<Part> arguments) implements Part {}

  /** Says what is wrong with an expression. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;

    Fault(String message, String fix) {
      super(message, null, false, false);
      this.fix = fix;
    }

    String fix() {
      return fix;
    }
  }

  private static final int MAX_DEPTH = 8;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*+(?:(?<string>\"[^\"\\\\\\n]*\"|'[^'\\\\\\n]*')"
              + "|(?<number>-?[0-9]+(?:\\.[0-9]+)?)(?![\\w.])"
              + "|(?<sign>[()|=])"
              + "|(?<path>(?:\\.\\./|\\./)*+(?:\\.\\.|\\.|@?[A-Za-z_][A-Za-z0-9_-]*+"
              + "(?:[./](?:[A-Za-z0-9_][A-Za-z0-9_-]*+|\\[[A-Za-z0-9_ -]++\\]))*+)))");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  private HandlebarsExpression(String source) throws Fault {
    Matcher matcher = TOKEN.matcher(source);
    int from = 0;
    String text = source.stripTrailing();
    while (from < text.length()) {
      if (!matcher.find(from) || matcher.start() != from) {
        throw new Fault(
            "\"" + source.substring(from).strip() + "\" cannot be read",
            "write a name, a text in quotes, a number, or a helper with these");
      }
      tokens.add(matcher.group().strip());
      from = matcher.end();
    }
  }

  /** A whole expression with the block parameters after it. */
  record Parsed(Part part, List<String> blockParameters) {}

  /**
   * @param source such as {@code date profile.created_at "long"}
   */
  static Parsed parse(String source) throws Fault {
    HandlebarsExpression expression = new HandlebarsExpression(source);
    Part part = expression.call(0);
    List<String> parameters = new ArrayList<>();
    if (expression.peek().equals("as")) {
      expression.next++;
      expression.expect("|");
      while (!expression.peek().equals("|") && !expression.peek().isEmpty()) {
        parameters.add(expression.tokens.get(expression.next++));
      }
      expression.expect("|");
    }
    if (!expression.peek().isEmpty()) {
      throw new Fault("\"" + expression.peek() + "\" is too much here", "remove it");
    }
    return new Parsed(part, parameters);
  }

  private Part call(int depth) throws Fault {
    if (depth > MAX_DEPTH) {
      throw new Fault("helpers are nested more than " + MAX_DEPTH + " deep", "simplify it");
    }
    Part first = argument(depth);
    List<Part> arguments = new ArrayList<>();
    Map<String, Part> named = new LinkedHashMap<>();
    while (!peek().isEmpty() && !peek().equals(")") && !peek().equals("as")) {
      if (next + 1 < tokens.size() && tokens.get(next + 1).equals("=")) {
        String name = peek();
        next += 2;
        named.put(name, argument(depth));
      } else if (named.isEmpty()) {
        arguments.add(argument(depth));
      } else {
        throw new Fault(
            "\"" + peek() + "\" stands behind values with names", "move it before them");
      }
    }
    boolean called = !arguments.isEmpty() || !named.isEmpty();
    if (!called && !(first instanceof Path path && HandlebarsCall.isHelper(path.source()))) {
      return first;
    }
    if (!(first instanceof Path helper)) {
      throw new Fault("a helper is called by its name", "begin with the name of a helper");
    }
    return HandlebarsCall.of(helper.source(), arguments, named);
  }

  private Part argument(int depth) throws Fault {
    String token = peek();
    next++;
    if (token.isEmpty()) {
      throw new Fault("something is missing at the end of the tag", "write a name");
    }
    if (token.equals("(")) {
      Part inner = call(depth + 1);
      expect(")");
      return inner;
    }
    char c = token.charAt(0);
    if (c == '"' || c == '\'' || c == '-' || Character.isDigit(c)) {
      return new Literal(token);
    }
    if (List.of("true", "false", "null", "undefined").contains(token)) {
      return new Literal(token);
    }
    if (c == '|') {
      throw new Fault(
          "filters such as \"| " + peek() + "\" are Liquid, and spec.engine is Handlebars",
          "set spec.engine: Liquid, or call a helper: {{upper profile.<attribute>}}");
    }
    if ("()=".indexOf(c) >= 0) {
      throw new Fault("\"" + token + "\" cannot stand here", null);
    }
    return path(token);
  }

  private static Path path(String source) {
    String rest = source;
    int up = 0;
    boolean explicit = false;
    while (rest.startsWith("../")
        || rest.startsWith("./")
        || rest.equals("..")
        || rest.equals(".")) {
      explicit = true;
      up += rest.startsWith("..") ? 1 : 0;
      int slash = rest.indexOf('/');
      rest = slash < 0 ? "" : rest.substring(slash + 1);
    }
    List<String> names = new ArrayList<>();
    for (String name : rest.isEmpty() ? new String[0] : rest.split("[./]")) {
      names.add(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
    }
    if (!names.isEmpty() && names.get(0).equals("this")) {
      explicit = true;
      names.remove(0);
    }
    return new Path(source, up, List.copyOf(names), explicit);
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private void expect(String sign) throws Fault {
    if (!peek().equals(sign)) {
      throw new Fault("\"" + sign + "\" is missing", "add " + sign);
    }
    next++;
  }
}
