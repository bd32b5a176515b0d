package dev.lettershop.source.clean;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Tidies names of people: composed characters, one space wherever there is white space or a control
 * character. Where all letters are of one case somebody typed carelessly, and the name gets its
 * capitals: {@code McDonald}, {@code O'Neil}, {@code Anna-Lena}, {@code van der Berg}. A name that
 * has letters of both cases is left alone, and so are scripts without cases.
 */
final class PersonNames {
  private static final Set<String> PARTICLES =
      Set.of(
          "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do",
          "dos", "du", "el", "la", "las", "le", "los", "ten", "ter", "van", "vom", "von", "y", "zu",
          "zum", "zur");
  private static final Set<String> NUMERALS = Set.of("II", "III", "IV", "VI", "VII", "VIII");
  private static final String APOSTROPHES = "'\u2019";

  private PersonNames() {}

  static Converted normalise(String name) {
    String text = spaced(Normalizer.normalize(name, Normalizer.Form.NFC));
    if (text.isEmpty()) {
      return Converted.ABSENT;
    }
    boolean upper = text.equals(text.toUpperCase(Locale.ROOT));
    boolean lower = text.equals(text.toLowerCase(Locale.ROOT));
    return Converted.of(upper == lower ? text : capitals(text, upper));
  }

  private static String spaced(String name) {
    StringBuilder text = new StringBuilder(name.length());
    boolean gap = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
        gap = text.length() > 0;
      } else {
        if (gap) {
          text.append(' ');
          gap = false;
        }
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String capitals(String name, boolean upper) {
    String[] words = name.split(" ");
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < words.length; i++) {
      String lower = words[i].toLowerCase(Locale.ROOT);
      boolean last = i == words.length - 1;
      if (i > 0) {
        text.append(' ');
      }
      if (!last && PARTICLES.contains(lower)) {
        text.append(lower);
      } else if (upper && i > 0 && NUMERALS.contains(words[i]) || upper && isInitials(words[i])) {
        text.append(words[i]);
      } else {
        word(lower, text);
      }
    }
    return text.toString();
  }

  /** {@code JD} or {@code J.R.}: no word, since nobody could say it. */
  private static boolean isInitials(String word) {
    return word.indexOf('.') > 0 && word.indexOf('.') < word.length() - 1
        || word.length() == 2 && word.chars().noneMatch(c -> "AEIOUYÄÖÜ".indexOf(c) >= 0);
  }

  private static void word(String lower, StringBuilder text) {
    boolean start = true;
    int letters = 0;
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      text.append(start ? Character.toTitleCase(c) : c);
      letters = Character.isLetter(c) ? letters + 1 : 0;
      boolean scottish = letters == 2 && i + 2 < lower.length() && lower.startsWith("mc", i - 1);
      // One or two letters go before an apostrophe that begins a word: O'Neil, Dell'Acqua is not.
      boolean elided = APOSTROPHES.indexOf(c) >= 0 && i > 0 && i <= 2 && i + 2 < lower.length();
      start = c == '-' || c == '.' || scottish || elided;
    }
  }
}
