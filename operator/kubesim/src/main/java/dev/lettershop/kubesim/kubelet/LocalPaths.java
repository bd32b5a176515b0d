package dev.lettershop.kubesim.kubelet;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the paths of a container are on this machine.
 *
 * @param places folders and files by their absolute path in the container
 */
record LocalPaths(Map<String, Path> places) {
  LocalPaths {
    places = Map.copyOf(places);
  }

  /**
   * A text with each path of the container in it, such as {@code --plan=/etc/lettershop/plan},
   * replaced by the place on this machine. Of nested places the innermost counts.
   */
  String in(String text) {
    if (text == null || places.isEmpty()) {
      return text;
    }
    String any =
        places.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    Matcher path = Pattern.compile("(?<![\\w./-])(" + any + ")(?![\\w.-])").matcher(text);
    return path.replaceAll(
        match -> Matcher.quoteReplacement(places.get(match.group(1)).toString()));
  }
}
