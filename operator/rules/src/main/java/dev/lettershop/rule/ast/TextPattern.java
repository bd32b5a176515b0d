package dev.lettershop.rule.ast;

import com.google.re2j.Pattern;
import java.util.Objects;

/**
 * A pattern for {@code matches}, of the part of RE2 that PostgreSQL can be made to understand in
 * the same way: characters, {@code . ^ $ | ( ) [ ]}, the classes {@code \d \w \s} and their
 * opposites, and {@code * + ? {n,m}}. Matching takes time linear in the text.
 */
public final class TextPattern {
  /** Longest pattern, in code points. */
  static final int LENGTH = 256;

  private final String source;
  private final String portable;
  private final Pattern compiled;

  private TextPattern(String source, String portable) {
    this.source = source;
    this.portable = portable;
    this.compiled = Pattern.compile(source);
  }

  /**
   * Says why a pattern is refused.
   *
   * <p>A checked exception inside of the compiler; becomes a problem there.
   */
  public static final class UnsupportedPattern extends Exception {
    private static final long serialVersionUID = 1;
    private final String fix;

    UnsupportedPattern(String message, String fix) {
      super(message);
      this.fix = fix;
    }

    public String fix() {
      return fix;
    }
  }

  public static TextPattern of(String source) throws UnsupportedPattern {
    String portable = new PatternTranslation(source).translate();
    try {
      return new TextPattern(source, portable);
    } catch (com.google.re2j.PatternSyntaxException e) {
      throw new UnsupportedPattern("cannot read the pattern: " + e.getDescription(), null);
    }
  }

  /** As written. */
  public String source() {
    return source;
  }

  /** The same pattern as a PostgreSQL advanced regular expression, for use with collation "C". */
  public String portable() {
    return portable;
  }

  /** Whether the pattern is found anywhere in a text. */
  public boolean isFoundIn(String text) {
    return compiled.matcher(text).find();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPattern pattern && pattern.source.equals(source);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(source);
  }

  @Override
  public String toString() {
    return source;
  }
}
