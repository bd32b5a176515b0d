package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.profile.Event;
import dev.lettershop.template.link.SlotLinks;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Recommendation;
import dev.lettershop.template.model.SlotValue;
import dev.lettershop.template.text.TextAlternative;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes what a template sees: Maps, Lists and plain values by the names of {@link Names}. */
final class ContextMaps {
  /** Events of one name that a template sees, the newest. */
  static final int MAX_EVENTS = 50;

  /** Recommendations that a template sees, the best. */
  static final int MAX_RECOMMENDATIONS = 50;

  private final CompiledTemplate template;

  /** Numbers of the links that stand for all in a slot, where clicks are recorded. */
  private final Map<String, Integer> slotLinks = new HashMap<>();

  /** Campaigns put a few texts into slots, and everybody gets one of them. */
  private final Map<SlotText, String> marked = new ConcurrentHashMap<>();

  private record SlotText(String slot, String html) {}

  ContextMaps(CompiledTemplate template) {
    this.template = template;
    template
        .slotTypes()
        .forEach(
            (slot, type) -> {
              int number = type == SlotType.Html ? SlotLinks.number(template.links(), slot) : -1;
              if (number >= 0) {
                slotLinks.put(slot, number);
              }
            });
  }

  Map<String, Object> of(RenderContext context) {
    Map<String, Object> root = new HashMap<>();
    root.put(Names.PROFILE, context.profile().attributes());
    root.put(Names.CONTENT, content(context.content(), context.recorded() != null));
    root.put(Names.CAMPAIGN, Map.of("name", context.campaign(), "date", context.date()));
    root.put(Names.LINKS, context.links());
    if (!template.events().isEmpty()) {
      root.put(Names.EVENTS, events(context.profile().events()));
    }
    root.put(
        Names.RECOMMENDATIONS,
        context.recommendations().stream()
            .limit(MAX_RECOMMENDATIONS)
            .map(Recommendation::asMap)
            .toList());
    return root;
  }

  private Map<String, ?> content(Map<String, String> values, boolean recorded) {
    if (template.slotTypes().isEmpty()) {
      return values;
    }
    Map<String, Object> content = new HashMap<>(values);
    template
        .slotTypes()
        .forEach(
            (slot, type) ->
                content.computeIfPresent(slot, (s, value) -> SlotValue.of(type, (String) value)));
    if (recorded) {
      slotLinks.forEach(
          (slot, number) ->
              content.computeIfPresent(slot, (s, html) -> marked(s, (String) html, number)));
    }
    return content;
  }

  private String marked(String slot, String html, int number) {
    return marked.computeIfAbsent(
        new SlotText(slot, html), text -> SlotLinks.marked(text.html(), number));
  }

  /** The same, with slots that hold HTML as text. */
  Map<String, Object> asText(Map<String, Object> context) {
    Map<String, Object> content = new HashMap<>();
    ((Map<?, ?>) context.get(Names.CONTENT))
        .forEach(
            (slot, value) ->
                content.put(
                    (String) slot,
                    template.slotTypes().get(slot) == SlotType.Html
                        ? TextAlternative.ofFragment((String) value)
                        : value));
    Map<String, Object> root = new HashMap<>(context);
    root.put(Names.CONTENT, content);
    return root;
  }

  private Map<String, Object> events(List<Event> all) {
    Map<String, Object> events = new HashMap<>();
    template
        .events()
        .forEach(
            (name, properties) ->
                events.put(
                    name,
                    all.stream()
                        .filter(event -> event.name().equals(name))
                        .sorted(Comparator.comparing(Event::occurredAt).reversed())
                        .limit(MAX_EVENTS)
                        .map(event -> item(event, properties))
                        .toList()));
    return events;
  }

  /** With all properties asked for: an absent one must not be looked up outside. */
  private static Map<String, Object> item(Event event, List<String> properties) {
    Map<String, Object> item = new HashMap<>();
    for (String property : properties) {
      item.put(
          property,
          property.equals(Names.OCCURRED_AT)
              ? event.occurredAt()
              : event.properties().get(property));
    }
    return item;
  }
}
