package dev.lettershop.rule.ast;

import dev.lettershop.rule.ast.TextPattern.UnsupportedPattern;

/** Reads a pattern once and writes what PostgreSQL understands in the same way. */
final class PatternTranslation {
  /** Bounds what nested repetition can make of a pattern. */
  private static final int MOST_REPETITIONS = 1000;

  private static final int MOST_TIMES = 255;
  private static final int MOST_GROUPS = 20;
  private static final String DIGITS = "0-9";
  private static final String WORD = "0-9A-Za-z_";
  private static final String SPACE = "\t\n\f\r ";

  private final int[] pattern;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int groups;
  private int repetitions = 1;

  PatternTranslation(String source) {
    this.pattern = source.codePoints().toArray();
  }

  String translate() throws UnsupportedPattern {
    if (pattern.length > TextPattern.LENGTH) {
      throw new UnsupportedPattern(
          "the pattern is longer than " + TextPattern.LENGTH + " characters", null);
    }
    alternatives();
    if (at < pattern.length) {
      throw new UnsupportedPattern("the pattern closes a group that is not open", "write \\)");
    }
    return out.toString();
  }

  private void alternatives() throws UnsupportedPattern {
    while (at < pattern.length && pattern[at] != ')') {
      if (pattern[at] == '|') {
        out.append('|');
        at++;
      } else {
        piece();
      }
    }
  }

  private void piece() throws UnsupportedPattern {
    int start = out.length();
    boolean repeatable = atom();
    if (at >= pattern.length || "*+?{".indexOf(pattern[at]) < 0) {
      return;
    }
    if (!repeatable) {
      throw new UnsupportedPattern("the pattern repeats nothing", "write \\ before * + ? {");
    }
    assert out.length() > start;
    quantifier();
    if (at < pattern.length && pattern[at] == '?') {
      at++; // fewest or most: whether there is a match is the same
    }
    if (at < pattern.length && "*+?{".indexOf(pattern[at]) >= 0) {
      throw new UnsupportedPattern("the pattern repeats a repetition", "put it into ( )");
    }
  }

  private void quantifier() throws UnsupportedPattern {
    int sign = pattern[at++];
    if (sign != '{') {
      out.appendCodePoint(sign);
      return;
    }
    int least = number();
    int most = least;
    out.append('{').append(least);
    if (at < pattern.length && pattern[at] == ',') {
      at++;
      out.append(',');
      if (at < pattern.length && pattern[at] != '}') {
        most = number();
        out.append(most);
      }
    }
    if (at >= pattern.length || pattern[at++] != '}' || most < least) {
      throw new UnsupportedPattern("the pattern has { without {n}, {n,} or {n,m}", "write \\{");
    }
    repetitions *= Math.max(1, most);
    if (repetitions > MOST_REPETITIONS) {
      throw new UnsupportedPattern("the pattern repeats too often", null);
    }
    out.append('}');
  }

  private int number() throws UnsupportedPattern {
    int value = -1;
    while (at < pattern.length && pattern[at] >= '0' && pattern[at] <= '9') {
      value = Math.max(0, value) * 10 + pattern[at++] - '0';
      if (value > MOST_TIMES) {
        throw new UnsupportedPattern("the pattern repeats more than 255 times", null);
      }
    }
    if (value < 0) {
      throw new UnsupportedPattern("the pattern has { without {n}, {n,} or {n,m}", "write \\{");
    }
    return value;
  }

  /** Whether it may be repeated. */
  private boolean atom() throws UnsupportedPattern {
    int sign = pattern[at++];
    switch (sign) {
      case '^', '$' -> {
        out.appendCodePoint(sign);
        return false;
      }
      case '*', '+', '?', '{' ->
          throw new UnsupportedPattern("the pattern repeats nothing", "write \\ before it");
      case '.' -> out.append("[^\n]");
      case '(' -> group();
      case '[' -> bracket();
      case '\\' -> escape();
      default -> character(sign);
    }
    return true;
  }

  private void group() throws UnsupportedPattern {
    if (++groups > MOST_GROUPS) {
      throw new UnsupportedPattern("the pattern has more than " + MOST_GROUPS + " groups", null);
    }
    if (at < pattern.length && pattern[at] == '?') {
      if (at + 1 >= pattern.length || pattern[at + 1] != ':') {
        throw new UnsupportedPattern(
            "the pattern uses (?…), which the database understands differently",
            "for upper and lower case, write text.lowerAscii().matches(\"…\")");
      }
      at += 2;
    }
    out.append("(?:");
    alternatives();
    if (at >= pattern.length) {
      throw new UnsupportedPattern("the pattern does not close a group", "write ) or \\(");
    }
    at++;
    out.append(')');
  }

  private void escape() throws UnsupportedPattern {
    int sign = next("the pattern ends in \\");
    String set = named(sign);
    if (set != null) {
      out.append(Character.isUpperCase(sign) ? "[^" : "[").append(set).append(']');
    } else {
      character(plain(sign));
    }
  }

  private void bracket() throws UnsupportedPattern {
    out.append('[');
    if (at < pattern.length && pattern[at] == '^') {
      out.append('^');
      at++;
    }
    boolean first = true;
    while (at < pattern.length && (first || pattern[at] != ']')) {
      first = false;
      member();
    }
    next("the pattern does not close [");
    out.append(']');
  }

  private void member() throws UnsupportedPattern {
    int sign = pattern[at++];
    if (sign == '[' && at < pattern.length && pattern[at] == ':') {
      throw new UnsupportedPattern(
          "the pattern uses [:…:], which the database understands differently", "write a-z or \\d");
    }
    if (sign == '\\') {
      sign = next("the pattern ends in \\");
      String set = named(sign);
      if (set != null) {
        if (Character.isUpperCase(sign)) {
          throw new UnsupportedPattern("the pattern has \\D, \\W or \\S inside of [ ]", null);
        }
        out.append(set);
        return;
      }
      sign = plain(sign);
    }
    inBracket(sign);
    boolean range = at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']';
    if (range) {
      at++;
      int last = pattern[at++];
      if (last == '\\') {
        last = plain(next("the pattern ends in \\"));
      }
      if (last < sign || last == '[') {
        throw new UnsupportedPattern("the pattern has a range that ends before it starts", null);
      }
      out.append('-');
      inBracket(last);
    }
  }

  private int next(String otherwise) throws UnsupportedPattern {
    if (at >= pattern.length) {
      throw new UnsupportedPattern(otherwise, "write \\\\ for a \\, \\[ for a [");
    }
    return pattern[at++];
  }

  private static String named(int sign) {
    return switch (sign) {
      case 'd', 'D' -> DIGITS;
      case 'w', 'W' -> WORD;
      case 's', 'S' -> SPACE;
      default -> null;
    };
  }

  /** The character that an escape stands for. */
  private static int plain(int sign) throws UnsupportedPattern {
    if (sign == 't') {
      return '\t';
    }
    if (sign == 'n') {
      return '\n';
    }
    if (sign > 127 || Character.isLetterOrDigit(sign)) {
      throw new UnsupportedPattern(
          "the pattern uses \\"
              + Character.toString(sign)
              + ", which the database understands differently",
          "use \\d, \\w, \\s and characters");
    }
    return sign;
  }

  private void character(int sign) {
    if (sign < 128 && !Character.isLetterOrDigit(sign) && sign > ' ') {
      out.append('\\');
    }
    out.appendCodePoint(sign);
  }

  private void inBracket(int sign) {
    if ("[]\\^-".indexOf(sign) >= 0) {
      out.append('\\');
    }
    out.appendCodePoint(sign);
  }
}
