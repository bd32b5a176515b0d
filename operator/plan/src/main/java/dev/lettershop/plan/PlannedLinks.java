package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.link.SlotLinks;
import dev.lettershop.template.link.TemplateLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the links of a run lead whose clicks are recorded, by number. A link with the text of slots
 * in its address counts once for each text that the campaign puts there. Immutable.
 */
public final class PlannedLinks {
  /** Most targets of one link. */
  private static final int MOST_CONTENTS = 1_000;

  private final List<PlannedLink> all = new ArrayList<>();
  private final Map<Place, Integer> numbers = new HashMap<>();

  /**
   * One of them.
   *
   * @param template name of the EmailTemplate
   * @param link number of the link in the template
   * @param address in pieces; between two of them goes a value
   */
  public record PlannedLink(int number, String template, int link, List<String> address) {

    /**
     * The whole address.
     *
     * @param values as many as there are gaps between the pieces
     */
    public String leadingTo(List<String> values) {
      StringBuilder whole = new StringBuilder(address.get(0));
      for (int i = 0; i < values.size(); i++) {
        whole.append(values.get(i)).append(address.get(i + 1));
      }
      return whole.toString();
    }
  }

  private record Place(String template, int link, List<String> content) {}

  private PlannedLinks() {}

  /** The links of a run that follows a plan; always the same ones for the same plan. */
  public static PlannedLinks of(Plan plan) {
    PlannedLinks links = new PlannedLinks();
    new TreeMap<>(plan.templates()).forEach((name, template) -> links.add(plan, name, template));
    return links;
  }

  private void add(Plan plan, String name, CompiledTemplate template) {
    for (int i = 0; i < template.links().size(); i++) {
      TemplateLink link = template.links().get(i);
      for (List<String> content : contents(plan, template, link.content())) {
        Place place = new Place(name, i, content);
        link.with(content).ifPresent(address -> add(place, address));
      }
    }
  }

  private void add(Place place, List<String> address) {
    if (numbers.putIfAbsent(place, all.size()) == null) {
      all.add(new PlannedLink(all.size(), place.template(), place.link(), address));
    }
  }

  /** Every combination of texts for the slots of a link; none when there are very many. */
  private static List<List<String>> contents(
      Plan plan, CompiledTemplate template, List<String> slots) {
    Map<String, Set<String>> texts = new TreeMap<>();
    slots.forEach(slot -> texts.computeIfAbsent(slot, s -> texts(plan, template, s)));
    List<Map<String, String>> choices = List.of(Map.of());
    for (Map.Entry<String, Set<String>> slot : texts.entrySet()) {
      if ((long) choices.size() * slot.getValue().size() > MOST_CONTENTS) {
        return List.of();
      }
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> choice : choices) {
        for (String text : slot.getValue()) {
          Map<String, String> more = new HashMap<>(choice);
          more.put(slot.getKey(), text);
          longer.add(more);
        }
      }
      choices = longer;
    }
    return choices.stream().map(choice -> slots.stream().map(choice::get).toList()).toList();
  }

  /** All that the campaign may put into a slot; of HTML, where its links lead. */
  private static Set<String> texts(Plan plan, CompiledTemplate template, String slot) {
    Set<String> values = values(plan, template, slot);
    if (template.slotTypes().get(slot) != SlotType.Html) {
      return values;
    }
    Set<String> addresses = new TreeSet<>();
    values.forEach(html -> addresses.addAll(SlotLinks.addresses(html)));
    return addresses;
  }

  /** All that the campaign may put into a slot, in whatever language. */
  private static Set<String> values(Plan plan, CompiledTemplate template, String slot) {
    Set<String> values = new TreeSet<>();
    add(values, template.slots(), slot);
    template.translations().values().forEach(other -> add(values, other.slots(), slot));
    Stream.concat(
            plan.contentRules().stream(),
            plan.variants().stream().flatMap(variant -> variant.rules().stream()))
        .forEach(
            rule -> {
              add(values, rule.set(), slot);
              rule.translations().forEach(other -> add(values, other.set(), slot));
            });
    return values;
  }

  private static void add(Set<String> values, Map<String, String> slots, String slot) {
    if (slots.get(slot) != null) {
      values.add(slots.get(slot));
    }
  }

  /** In the order of their numbers, which begin with 0. */
  public List<PlannedLink> all() {
    return List.copyOf(all);
  }

  /**
   * The number of a link; -1 for one that is not recorded.
   *
   * @param link number of the link in the template
   * @param content texts of the slots in its address, in order
   */
  public int number(String template, int link, List<String> content) {
    return numbers.getOrDefault(new Place(template, link, content), -1);
  }
}
