package dev.lettershop.template.handlebars;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.handlebars.HandlebarsScanner.Tag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inline partials of one field: what stands in {@code {{#*inline "name"}}…{{/inline}}} is read
 * where it is put in, with the names that mean something there. They are known in all of the field.
 */
final class InlinePartials {
  /** Most pieces of a field once its inline partials are in place. */
  private static final int MAX_PIECES = 20_000;

  private final Map<String, List<Object>> byName = new HashMap<>();
  private final List<Problem> problems;
  private final Deque<String> open = new ArrayDeque<>();
  private int pieces;

  InlinePartials(List<Problem> problems) {
    this.problems = problems;
  }

  /** Takes the inline partials out of a field; gives the rest. */
  List<Object> takenFrom(List<Object> field) {
    List<Object> rest = new ArrayList<>();
    int i = 0;
    while (i < field.size()) {
      if (!(field.get(i) instanceof Tag tag) || !tag.sigil().equals("#*")) {
        rest.add(field.get(i++));
        continue;
      }
      int end = end(field, i);
      if (end < 0) {
        problems.add(
            Problem.error(
                tag.position(),
                "block {{#*" + tag.inside() + "}} is not closed",
                "close it with {{/inline}}"));
        return rest;
      }
      declare(tag, takenFrom(field.subList(i + 1, end)));
      i = end + 1;
    }
    return rest;
  }

  private static int end(List<Object> field, int from) {
    int depth = 0;
    for (int i = from; i < field.size(); i++) {
      if (field.get(i) instanceof Tag tag) {
        depth += tag.sigil().equals("#*") ? 1 : 0;
        if (tag.sigil().equals("/") && tag.inside().equals("inline") && --depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private void declare(Tag tag, List<Object> content) {
    String name = tag.inside().replaceFirst("^inline\\s+", "").replaceAll("^[\"']|[\"']$", "");
    if (!tag.inside().startsWith("inline") || !name.matches("[A-Za-z_][\\w/-]*")) {
      problems.add(
          Problem.error(
              tag.position(),
              "{{#*" + tag.inside() + "}} is not an inline partial",
              "write {{#*inline \"name\"}}…{{/inline}}"));
    } else if (byName.put(name, content) != null) {
      problems.add(
          Problem.error(
              tag.position(),
              "inline partial \"" + name + "\" is there twice",
              "take another name for one of them"));
    }
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** What to read in place of a partial; null when it would contain itself or grow too long. */
  List<Object> enter(String name) {
    List<Object> content = byName.get(name);
    if (open.contains(name) || pieces + content.size() > MAX_PIECES) {
      return null;
    }
    pieces += content.size();
    open.push(name);
    return content;
  }

  void leave() {
    open.pop();
  }
}
