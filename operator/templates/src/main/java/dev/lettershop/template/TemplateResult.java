package dev.lettershop.template;

import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.SlotDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What compiling a template gave.
 *
 * @param template null when any problem is an error
 * @param problems all findings, in the order of the spec's fields
 * @param slots declared slots, also those of partials, by name
 * @param usedSlots slots that the template shows or asks about
 * @param requiredSlots slots without default that the template shows outside a section that asks
 *     for them: a campaign has to fill these for everybody
 * @param used full names of what the mail shows or asks about, such as {@code profile.city}
 */
public record TemplateResult(
    CompiledTemplate template,
    List<FieldProblem> problems,
    Map<String, SlotDefinition> slots,
    Set<String> usedSlots,
    Set<String> requiredSlots,
    Set<String> used) {
  private static final String CONFIRM = Names.LINKS + ".confirm";
  private static final String UNSUBSCRIBE = Names.LINKS + ".unsubscribe";

  public TemplateResult {
    problems = List.copyOf(problems);
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    usedSlots = Collections.unmodifiableSet(new TreeSet<>(usedSlots));
    used = Collections.unmodifiableSet(new TreeSet<>(used));
    requiredSlots = Collections.unmodifiableSet(new TreeSet<>(requiredSlots));
  }

  /** Whether the mail asks people to confirm that they signed up. False for what has errors. */
  public boolean asksToConfirm() {
    return template != null
        && template.html().contains(CONFIRM)
        && template.text().contains(CONFIRM);
  }

  /** Whether the mail has a link by which one unsubscribes. */
  public boolean offersUnsubscribing() {
    return used.contains(UNSUBSCRIBE);
  }

  /** Whether the mail shows what a model recommends. */
  public boolean recommends() {
    return used.stream()
        .anyMatch(
            name ->
                name.equals(Names.RECOMMENDATIONS) || name.startsWith(Names.RECOMMENDATIONS + "."));
  }

  public boolean succeeded() {
    return template != null;
  }
}
