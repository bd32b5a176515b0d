package dev.lettershop.playground.command;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.playground.api.ResourceKind;
import dev.lettershop.playground.api.ResourceKinds;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody names on the command line, in the ways that kubectl takes: {@code KIND}, {@code
 * KIND NAME…} or {@code KIND/NAME…}.
 *
 * @param name null for all of the kind
 */
record Target(ResourceKind kind, String name) {

  /**
   * @throws UsageException when it names nothing, or a kind that there is none of
   */
  public static List<Target> of(List<String> words) {
    List<Target> targets = new ArrayList<>();
    if (words.get(0).contains("/")) {
      for (String word : words) {
        int slash = word.indexOf('/');
        if (slash < 1 || slash == word.length() - 1) {
          throw new UsageException("\"" + word + "\" is not a KIND/NAME, as the others are");
        }
        targets.add(
            new Target(
                ResourceKinds.called(word.substring(0, slash)).get(0), word.substring(slash + 1)));
      }
      return targets;
    }
    List<ResourceKind> kinds = ResourceKinds.called(words.get(0));
    List<String> names = words.subList(1, words.size());
    for (ResourceKind kind : kinds) {
      if (names.isEmpty()) {
        targets.add(new Target(kind, null));
      }
      names.forEach(name -> targets.add(new Target(kind, name)));
    }
    return targets;
  }
}
