package dev.lettershop.template;

import dev.lettershop.template.model.SlotDefinition;
import dev.lettershop.template.model.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which slots a template shows or asks about.
 *
 * @param used all of them
 * @param required those without default that it shows without asking first
 */
record SlotUse(Set<String> used, Set<String> required) {
  private static final String CONTENT = "content.";

  /**
   * @param fields tokens of everything that is rendered
   */
  static SlotUse of(List<List<Token>> fields, Map<String, SlotDefinition> slots) {
    SlotUse use = new SlotUse(new TreeSet<>(), new TreeSet<>());
    fields.stream()
        .flatMap(List::stream)
        .flatMap(token -> token.uses().stream())
        .forEach(dependency -> use.add(dependency, slots));
    return use;
  }

  private void add(Token.Use dependency, Map<String, SlotDefinition> slots) {
    String path = dependency.path();
    String slot = path.startsWith(CONTENT) ? path.substring(CONTENT.length()) : null;
    if (slot == null || !slots.containsKey(slot)) {
      return;
    }
    used.add(slot);
    if (!dependency.guarded() && slots.get(slot).defaultValue() == null) {
      required.add(slot);
    }
  }
}
