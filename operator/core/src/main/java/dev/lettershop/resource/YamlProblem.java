package dev.lettershop.resource;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says what a YAML parser complains about in words of people who write manifests. */
final class YamlProblem {
  /** What the parser's sentence holds, and what is meant; the first that fits. */
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("(TAB)", "a tab stands where indentation is expected; use spaces");
    WORDS.put("\\t", "a tab stands where indentation is expected; use spaces");
    WORDS.put(
        "mapping values are not allowed here",
        "a colon stands where no key can be; put the text into quotes, or check the indentation");
    WORDS.put(
        "could not find expected ':'", "a line is neither a key with a colon nor part of a text");
    WORDS.put("expected <block end>", "the line is not indented like those that it belongs to");
    WORDS.put("unexpected end of stream", "a quote or bracket is opened and never closed");
    WORDS.put("expected ',' or ']'", "a list in [ ] is not closed, or a comma is missing");
    WORDS.put("expected ',' or '}'", "an object in { } is not closed, or a comma is missing");
    WORDS.put("undefined alias", "an alias (*name) is used before its anchor (&name)");
    WORDS.put(
        "unknown escape character",
        "a backslash in double quotes is doubled, or the quotes are single");
    WORDS.put("special characters are not allowed", "a control character is in it; remove it");
    WORDS.put("nesting depth", "it is nested too deeply");
    WORDS.put("aliases", "too many aliases are used for one value");
  }

  private YamlProblem() {}

  static String inWords(String problem) {
    String said = problem == null ? "it cannot be read" : problem;
    return WORDS.entrySet().stream()
        .filter(
            words ->
                said.toLowerCase(java.util.Locale.ROOT)
                    .contains(words.getKey().toLowerCase(java.util.Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(said);
  }
}
