package dev.lettershop.template.html.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A style sheet, taken apart.
 *
 * @param faults what is broken, by place
 */
public record Stylesheet(List<Statement> statements, List<Fault> faults) {

  /**
   * Something that clients will not read as meant.
   *
   * @param offset in the text that was read
   */
  public record Fault(int offset, String message, String fix) {}

  /** Blocks within blocks; more is passed over with a fault. */
  private static final int MAX_NESTED = 16;

  private static final Set<String> HOLD_RULES =
      Set.of("media", "supports", "layer", "container", "scope", "document", "-moz-document");

  /**
   * Reads the part of {@code text} between two offsets. Follows CSS Syntax Level 3 as far as where
   * statements begin and end.
   */
  public static Stylesheet parse(String text, int from, int to) {
    Reader reader = new Reader(text);
    List<Statement> statements = reader.statements(from, to);
    return new Stylesheet(List.copyOf(statements), List.copyOf(reader.faults));
  }

  private static final class Reader {
    private final String text;
    private final List<Fault> faults = new ArrayList<>();
    private int depth;

    Reader(String text) {
      this.text = text;
    }

    List<Statement> statements(int from, int to) {
      List<Statement> statements = new ArrayList<>();
      int i = Scan.skipSpace(text, from, to);
      while (i < to) {
        Statement statement = one(i, to, statements);
        i = Scan.skipSpace(text, statement == null ? to : statement.end(), to);
      }
      return statements;
    }

    /** Reads one statement and adds it, unless it is broken; null at the end. */
    private Statement one(int start, int to, List<Statement> statements) {
      Statement statement;
      char c = text.charAt(start);
      if (c == Marks.BEGIN) {
        statement = new Statement.Tag(start, text.indexOf(Marks.END, start) + 1);
      } else if (c == '}') {
        faults.add(new Fault(start, "there is a } that closes nothing", "remove it"));
        return new Statement.Tag(start, start + 1);
      } else if (c == '@') {
        statement = at(start, to);
      } else {
        statement = rule(start, to);
      }
      if (statement != null) {
        statements.add(statement);
      }
      return statement;
    }

    private Statement rule(int start, int to) {
      int open = Scan.until(text, start, to, "{");
      if (open >= to) {
        faults.add(new Fault(start, "a rule without a block is ignored", "write selector { … }"));
        return null;
      }
      int close = close(open, to);
      boolean nested = Scan.until(text, open + 1, close, "{") < close;
      return new Statement.Rule(
          start,
          Math.min(to, close + 1),
          Scan.withoutComments(text.substring(start, open)).strip(),
          nested ? List.of() : Declaration.parse(text, open + 1, close),
          nested);
    }

    private Statement at(int start, int to) {
      int nameEnd = start + 1;
      while (nameEnd < to
          && (Character.isLetter(text.charAt(nameEnd)) || text.charAt(nameEnd) == '-')) {
        nameEnd++;
      }
      String name = text.substring(start + 1, nameEnd).toLowerCase(Locale.ROOT);
      int stop = Scan.until(text, nameEnd, to, "{;");
      String prelude = Scan.withoutComments(text.substring(nameEnd, stop)).strip();
      if (stop >= to || text.charAt(stop) == ';') {
        return new Statement.At(start, Math.min(to, stop + 1), name, prelude, List.of(), List.of());
      }
      int close = close(stop, to);
      if (name.equals("media") && depth > 0) {
        faults.add(
            new Fault(
                start,
                "@media stands inside of another block, where many clients do not read it",
                "write one @media with both conditions, joined by and"));
      }
      boolean rules = HOLD_RULES.contains(name) && depth < MAX_NESTED;
      if (HOLD_RULES.contains(name) && !rules) {
        faults.add(
            new Fault(
                start, "blocks are nested more than " + MAX_NESTED + " deep", "nest them less"));
      }
      depth++;
      List<Statement> inner = rules ? statements(stop + 1, close) : List.of();
      depth--;
      boolean declarations = name.equals("font-face") || name.equals("page");
      return new Statement.At(
          start,
          Math.min(to, close + 1),
          name,
          prelude,
          inner,
          declarations ? Declaration.parse(text, stop + 1, close) : List.of());
    }

    private int close(int open, int to) {
      int close = Scan.until(text, open + 1, to, "}");
      if (close >= to) {
        faults.add(new Fault(open, "a { is not closed", "end the block with }"));
      }
      return close;
    }
  }
}
