package dev.lettershop.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A resource named on the command line, as {@code kind/name}. */
public record Target(Kind kind, String name) {

  /** Kinds that commands are about. */
  public enum Kind {
    Campaign("campaign", "campaigns", "cmp"),
    Segment("segment", "segments", "seg"),
    Model("model", "models", "mdl");

    private final List<String> words;

    Kind(String... words) {
      this.words = List.of(words);
    }

    private String word() {
      return words.get(0);
    }
  }

  /**
   * Reads {@code campaign/NAME}; plural, short name and other case are taken too, as kubectl does.
   *
   * @throws UsageException when it is something else
   */
  public static String campaign(String text) {
    return of(text, Kind.Campaign).name();
  }

  /**
   * Reads {@code kind/NAME}.
   *
   * @param kinds that the command knows
   * @throws UsageException when it is something else
   */
  public static Target of(String text, Kind... kinds) {
    int slash = text.indexOf('/');
    String word = slash < 0 ? "" : text.substring(0, slash).toLowerCase(Locale.ROOT);
    String name = text.substring(slash + 1);
    for (Kind kind : kinds) {
      if (kind.words.contains(word) && !name.isEmpty()) {
        return new Target(kind, name);
      }
    }
    String known = Arrays.stream(kinds).map(Kind::word).collect(Collectors.joining(" or a "));
    String form =
        Arrays.stream(kinds).map(kind -> kind.word() + "/NAME").collect(Collectors.joining(" or "));
    throw new UsageException("\"" + text + "\" does not name a " + known + "; write " + form);
  }
}
