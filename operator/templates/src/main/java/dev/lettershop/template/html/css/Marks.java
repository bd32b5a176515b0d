package dev.lettershop.template.html.css;

/**
 * What stands for a template's tag while HTML and CSS are read: its number between two private-use
 * characters, which both languages take for letters.
 */
public final class Marks {
  /** Begins a mark. */
  public static final char BEGIN = '\uE000';

  /** Ends a mark. */
  public static final char END = '\uE001';

  private Marks() {}

  /** The mark of the tag with this number. */
  public static String of(int tag) {
    return BEGIN + Integer.toString(tag) + END;
  }

  /** Whether a text depends on a tag, so that it is only known for a recipient. */
  public static boolean in(String text) {
    return text.indexOf(BEGIN) >= 0;
  }

  /** The text as an author may write it: without characters that marks are made of. */
  public static String without(String text) {
    return in(text) || text.indexOf(END) >= 0
        ? text.replace(String.valueOf(BEGIN), "").replace(String.valueOf(END), "")
        : text;
  }
}
