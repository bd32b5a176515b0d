package dev.lettershop.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which slots a template shows or asks about.
 *
 * @param used all of them
 * @param required those without default that it shows without asking first
 */
record SlotUse(Set<String> used, Set<String> required) {
  private static final String CONTENT = "content.";

  static SlotUse of(CheckedTemplate template) {
    SlotUse use = new SlotUse(new TreeSet<>(), new TreeSet<>());
    Stream.of(template.subject(), template.preheader(), template.html())
        .forEach(tokens -> use.collect(tokens, template));
    template.text().ifPresent(tokens -> use.collect(tokens, template));
    return use;
  }

  private void collect(Iterable<Token> tokens, CheckedTemplate template) {
    Deque<String> asked = new ArrayDeque<>();
    for (Token token : tokens) {
      if (token instanceof Token.Open open) {
        asked.push(open.inverted() ? "" : open.name());
        add(open.name(), true, template);
      } else if (token instanceof Token.Close) {
        asked.pop();
      } else if (token instanceof Token.Value value) {
        add(value.name(), asked.contains(value.name()), template);
      }
    }
  }

  private void add(String name, boolean optional, CheckedTemplate template) {
    String slot = name.startsWith(CONTENT) ? name.substring(CONTENT.length()) : null;
    if (slot == null || !template.slots().containsKey(slot)) {
      return;
    }
    used.add(slot);
    if (!optional && template.slots().get(slot) == null) {
      required.add(slot);
    }
  }
}
